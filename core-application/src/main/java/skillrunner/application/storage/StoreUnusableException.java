package skillrunner.application.storage;

/** Thrown when a database is missing, damaged or not the one it should be. The message is one line for the operator. */
public final class StoreUnusableException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong.
     *
     * @param message which database, what is wrong with it and what helps
     */
    public StoreUnusableException(String message) {
        super(message);
    }

    /**
     * Says what is wrong.
     *
     * @param message which database, what is wrong with it and what helps
     * @param cause the store's own exception
     */
    public StoreUnusableException(String message, Throwable cause) {
        super(message, cause);
    }
}
