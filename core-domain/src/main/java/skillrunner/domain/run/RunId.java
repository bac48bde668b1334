package skillrunner.domain.run;

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

    @Override
    public String toString() {
        return value;
    }
}
