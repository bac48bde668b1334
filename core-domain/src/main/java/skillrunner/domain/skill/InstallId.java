package skillrunner.domain.skill;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a client got back when it uploaded a skill package. Safe as a path segment.
 *
 * @param value a UUID in lower case
 */
public record InstallId(String value) {
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** Refuses any other form. */
    public InstallId {
        if (!UUID_FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not an install id");
        }
    }

    /**
     * Reads an id from outside.
     *
     * @param text any text
     * @return the id, or empty if the text does not have the form
     */
    public static Optional<InstallId> parse(String text) {
        return UUID_FORM.matcher(text).matches() ? Optional.of(new InstallId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
