package skillrunner.application.terminal;

import java.util.function.UnaryOperator;

/** Settings of CLIs in the home that all of them share. Implementations are safe for concurrent use. */
public interface SharedSettings {
    /**
     * Changes a file whole: nobody ever sees a part of it.
     *
     * @param path its path below the home
     * @param change gets what it holds, nothing if it is not there, and says what it shall hold
     * @throws java.io.UncheckedIOException if it can't be changed
     */
    void edit(String path, UnaryOperator<String> change);
}
