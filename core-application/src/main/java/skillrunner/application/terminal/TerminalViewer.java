package skillrunner.application.terminal;

/**
 * Who looks at a terminal. Called by one thread at a time, in the order of things; no call may wait for the one who looks, and none
 * may call back. How much is under way to it at most says {@link TerminalScreen}.
 */
public interface TerminalViewer {
    /**
     * It may look from now on.
     *
     * @param now the session
     * @param recorded what was shown before, as far as it is kept; draws the screen as it is
     * @param cut whether the beginning is lost, so that a part of the screen may be missing
     */
    void begin(TerminalSnapshot now, byte[] recorded, boolean cut);

    /**
     * The program wrote something.
     *
     * @param output what; nobody changes it
     */
    void show(byte[] output);

    /**
     * The session has ended. The last call.
     *
     * @param ended the session
     */
    void end(TerminalSnapshot ended);

    /** Somebody else looks instead. The last call. */
    void replaced();
}
