package skillrunner.files;

import java.io.IOException;

/** A whole file on the disk that has no name yet. For use by one thread. */
public interface StagedFile extends AutoCloseable {
    /**
     * Gives it its name, unless the name is taken; the check and the naming are one step.
     *
     * @return false if the name is taken
     * @throws IOException if it can't be named
     */
    boolean publish() throws IOException;

    /**
     * Gives it its name, in the place of whatever has it now.
     *
     * @throws IOException if it can't be named; the other file stays
     */
    void replace() throws IOException;

    /**
     * Removes what got no name.
     *
     * @throws IOException if it can't be removed
     */
    @Override
    void close() throws IOException;
}
