package skillrunner.application.run.process;

/** Thrown when an engine's CLI is missing or can't be started. The message is for people and holds no path. */
public final class EngineUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says why.
     *
     * @param message one sentence
     */
    public EngineUnavailableException(String message) {
        super(message);
    }
}
