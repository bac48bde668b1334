package skillrunner.application.console;

/** The pseudo-terminals of this machine. Implementations are safe for concurrent use. */
public interface Consoles {
    /**
     * Starts a program in a terminal of its own.
     *
     * @param program what shall run
     * @return the running program; closed by the caller
     * @throws ConsoleFailedException if it can't be started; then nothing of it is left
     */
    Console start(ConsoleProgram program);

    /**
     * Ends what programs of a server that is gone have left.
     *
     * @param marker the marker they carry
     * @return how many processes could not be ended
     */
    int endLeftovers(String marker);
}
