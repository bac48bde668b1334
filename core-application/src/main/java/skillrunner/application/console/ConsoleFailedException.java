package skillrunner.application.console;

/** A program could not be started in a pseudo-terminal. */
public final class ConsoleFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Says why.
     *
     * @param message why, in a sentence for the user
     */
    public ConsoleFailedException(String message) {
        super(message);
    }

    /**
     * Says why.
     *
     * @param message why, in a sentence for the user
     * @param cause what the machine said
     */
    public ConsoleFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
