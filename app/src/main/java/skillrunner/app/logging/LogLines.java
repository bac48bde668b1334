package skillrunner.app.logging;

import java.io.IOException;

/** Takes finished log lines, from any thread. */
@FunctionalInterface
public interface LogLines {
    /**
     * Keeps or shows one line.
     *
     * @param line the line with its end, in UTF-8
     * @throws IOException if that was not possible
     */
    void append(byte[] line) throws IOException;
}
