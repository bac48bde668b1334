package skillrunner.domain.problem;

import java.util.Objects;

/**
 * One wrong place in a request body.
 *
 * @param pointer JSON pointer (RFC 6901) to the place; empty for the whole body
 * @param detail what is wrong there and what is allowed
 */
public record FieldError(String pointer, String detail) {
    /** Refuses null parts. */
    public FieldError {
        Objects.requireNonNull(pointer);
        Objects.requireNonNull(detail);
    }
}
