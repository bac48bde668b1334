package skillrunner.client;

import java.io.IOException;
import java.util.Objects;

/** A file on this machine can't be read to be sent, or can't be written. The server has no part in it, and trying again won't help. */
public final class LocalFileException extends IOException {
    private static final long serialVersionUID = 1;

    LocalFileException(String message) {
        super(Objects.requireNonNull(message));
    }

    /**
     * Says what is wrong with which file.
     *
     * @param message what is wrong
     * @param cause what the system said
     */
    public LocalFileException(String message, IOException cause) {
        super(Objects.requireNonNull(message), cause);
    }

    /**
     * Says what is wrong, whatever the system said.
     *
     * @param what what was to be done with which file
     * @param cause what the system said
     * @return what to throw
     */
    static LocalFileException of(String what, IOException cause) {
        if (cause instanceof LocalFileException known) {
            return known;
        }
        String why =
                Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
        return new LocalFileException(what + ": " + why, cause);
    }

    /** {@inheritDoc} */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
