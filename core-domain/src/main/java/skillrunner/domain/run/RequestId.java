package skillrunner.domain.run;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a client got back when it asked for a run. Several requests can share one run. Safe as a path segment.
 *
 * @param value a UUID in lower case
 */
public record RequestId(String value) {
    static final Pattern UUID_FORM = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** Refuses any other form. */
    public RequestId {
        if (!UUID_FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a request id");
        }
    }

    /**
     * Reads an id from outside.
     *
     * @param text any text
     * @return the id, or empty if the text does not have the form
     */
    public static Optional<RequestId> parse(String text) {
        return UUID_FORM.matcher(text).matches() ? Optional.of(new RequestId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
