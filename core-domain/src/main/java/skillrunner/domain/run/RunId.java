package skillrunner.domain.run;

import java.util.Optional;
import skillrunner.domain.id.UuidForm;

/**
 * Names one execution and its folder. Safe as a path segment.
 *
 * @param value a UUID in lower case
 */
public record RunId(String value) {
    /** Refuses any other form. */
    public RunId {
        UuidForm.require(value, "a run id");
    }

    /**
     * Reads an id from text that may be anything.
     *
     * @param text any text
     * @return the id, or empty if it is none
     */
    public static Optional<RunId> parse(String text) {
        return UuidForm.matches(text) ? Optional.of(new RunId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
