package skillrunner.application.terminal;

/** Where what a terminal shows is kept: bytes at places. As long as who uses it has it. For one thread at a time. */
public interface ScreenFile extends AutoCloseable {
    /**
     * Writes bytes, in the place of those that are there.
     *
     * @param at where
     * @param bytes holds them
     * @param from the first of them
     * @param length how many
     * @throws java.io.UncheckedIOException if they can't be written
     */
    void write(int at, byte[] bytes, int from, int length);

    /**
     * Reads bytes that were written.
     *
     * @param at where
     * @param length how many
     * @return them
     * @throws java.io.UncheckedIOException if they can't be read
     */
    byte[] read(int at, int length);

    /** Removes it. May be repeated. */
    @Override
    void close();
}
