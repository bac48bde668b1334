package skillrunner.domain.problem;

import java.util.Objects;

/**
 * One wrong place in a request body.
 *
 * @param pointer JSON pointer (RFC 6901) to the place; empty for the whole body
 * @param detail what is wrong there and what is allowed
 */
public record FieldError(String pointer, String detail) {
    private static final int MAX_POINTER = 300;
    private static final int MAX_DETAIL = 1_000;

    /** Cuts what is very long, since names and values in it come from a client, and refuses null parts. */
    public FieldError {
        pointer = Excerpt.of(Objects.requireNonNull(pointer), MAX_POINTER);
        detail = Excerpt.of(Objects.requireNonNull(detail), MAX_DETAIL);
    }
}
