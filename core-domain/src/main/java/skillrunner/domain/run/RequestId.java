package skillrunner.domain.run;

import java.util.Optional;
import skillrunner.domain.id.UuidForm;

/**
 * What a client got back when it asked for a run. Several requests can share one run. Safe as a path segment.
 *
 * @param value a UUID in lower case
 */
public record RequestId(String value) {
    /** Refuses any other form. */
    public RequestId {
        UuidForm.require(value, "a request id");
    }

    /**
     * Reads an id from outside.
     *
     * @param text any text
     * @return the id, or empty if the text does not have the form
     */
    public static Optional<RequestId> parse(String text) {
        return UuidForm.matches(text) ? Optional.of(new RequestId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
