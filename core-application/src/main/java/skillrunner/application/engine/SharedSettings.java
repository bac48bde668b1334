package skillrunner.application.engine;

import java.util.function.UnaryOperator;

/** Settings of CLIs in the home that all of them share. Implementations are safe for concurrent use, also by several servers. */
public interface SharedSettings {
    /**
     * Changes a file whole: nobody ever sees a part of it, and nobody else changes it here between what is read and what is written. Waits
     * a few seconds for whoever does.
     *
     * @param path its path below the home
     * @param change gets what it holds, nothing if it is not there, and says what it shall hold; with nothing it is removed
     * @throws java.io.UncheckedIOException if it can't be changed
     */
    void edit(String path, UnaryOperator<String> change);
}
