package skillrunner.application.storage;

/** Thrown by any store when the disk (or its quota) is full. Nothing was written in part. */
public final class StorageFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Wraps what the store met.
     *
     * @param cause the store's own exception
     */
    public StorageFullException(Throwable cause) {
        super("the disk is full", cause);
    }
}
