package skillrunner.workspace.zip;

import java.io.IOException;

/** Thrown when the sender of an archive broke off, which is no fault of the disk that should keep it. */
public final class BrokenOffException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Wraps what the connection reported.
     *
     * @param cause the report
     */
    BrokenOffException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
