package skillrunner.application.storage;

import java.util.Objects;

/**
 * Thrown where something could not be looked at or changed now, although nothing says that it never can be: no descriptor
 * was left, the database was locked, the disk reported a fault. Nothing was changed; trying again later makes sense.
 */
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Wraps what was met.
     *
     * @param what what could not be done
     * @param cause the store's own exception
     */
    public UnavailableException(String what, Throwable cause) {
        super(what, Objects.requireNonNull(cause));
    }
}
