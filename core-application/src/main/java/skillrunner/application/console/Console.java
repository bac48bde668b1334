package skillrunner.application.console;

import java.util.OptionalInt;

/**
 * A program that runs in a pseudo-terminal. What it writes has to be read: a program whose output nobody takes stands still, which
 * is how a slow viewer holds it back. Reading is for one thread at a time, everything else is safe for concurrent use.
 */
public interface Console extends AutoCloseable {
    /**
     * Waits for output.
     *
     * @param buffer takes it
     * @return how many bytes came, at least one; -1 once nothing more will come, because the program has ended and all it wrote
     *     was read, or because {@link #close} was called
     */
    int read(byte[] buffer);

    /**
     * Types something. Waits while the program has more to take in than a person could have typed. Does nothing once the program
     * has ended.
     *
     * @param keys what the terminal sends for the keys
     */
    void write(byte[] keys);

    /**
     * Changes the size of the screen, and tells the program. Does nothing once it has ended.
     *
     * @param size the new size
     */
    void resize(ConsoleSize size);

    /**
     * Tells how the program ended.
     *
     * @return its exit code, 128 and the signal if one ended it; empty while it runs
     */
    OptionalInt exitCode();

    /**
     * Returns the number of the process.
     *
     * @return its number on this machine
     */
    long pid();

    /**
     * Ends the program and everything it started, wherever that stands by now: it is asked, a few seconds later it is made to.
     * Waits until it is gone. May be repeated.
     */
    @Override
    void close();
}
