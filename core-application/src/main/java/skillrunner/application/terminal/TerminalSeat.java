package skillrunner.application.terminal;

import skillrunner.application.console.ConsoleSize;

/** What somebody can do who looks at a terminal. Nothing happens any more once the seat was left, taken or the session ended. */
public interface TerminalSeat {
    /**
     * Types something. Waits while the program has more to take in than a person could have typed.
     *
     * @param keys what the terminal sends for the keys
     */
    void type(byte[] keys);

    /**
     * Changes the size of the screen.
     *
     * @param size the new size
     */
    void resize(ConsoleSize size);

    /**
     * Says how much of what was sent has been drawn. What is not acknowledged holds the program back from a certain amount on.
     *
     * @param bytes of the recorded and the new output since the beginning; less than was said before changes nothing
     */
    void acknowledge(long bytes);

    /** Stops looking. The session goes on. */
    void leave();
}
