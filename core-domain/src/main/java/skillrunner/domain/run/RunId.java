package skillrunner.domain.run;

/**
 * Names one execution and its folder. Safe as a path segment.
 *
 * @param value a UUID in lower case
 */
public record RunId(String value) {
    /** Refuses any other form. */
    public RunId {
        if (!RequestId.UUID_FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a run id");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
