package skillrunner.application.storage;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Thrown by whoever keeps files when the file system refuses what the server needs of its own folders: it takes no writes, or
 * it can't be looked at now. What was to be stored was not stored. A full disk is a {@link StorageFullException}.
 */
public final class StorageFaultException extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    private final boolean lasting;

    /**
     * Wraps what the file system reported and what may pass.
     *
     * @param cause the report
     */
    public StorageFaultException(IOException cause) {
        this(cause, false);
    }

    /**
     * Wraps what the file system reported.
     *
     * @param cause the report
     * @param lasting whether something else stands where a folder or file of the server should be
     */
    public StorageFaultException(IOException cause, boolean lasting) {
        super(cause);
        this.lasting = lasting;
    }

    /**
     * Tells whether trying again is of no use.
     *
     * @return true if something else stands where a folder or file of the server should be, which only its operator mends
     */
    public boolean isLasting() {
        return lasting;
    }
}
