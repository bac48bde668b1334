package skillrunner.domain.skill;

import java.util.Optional;
import skillrunner.domain.id.UuidForm;

/**
 * What a client got back when it uploaded a skill package. Safe as a path segment.
 *
 * @param value a UUID in lower case
 */
public record InstallId(String value) {
    /** Refuses any other form. */
    public InstallId {
        UuidForm.require(value, "an install id");
    }

    /**
     * Reads an id from outside.
     *
     * @param text any text
     * @return the id, or empty if the text does not have the form
     */
    public static Optional<InstallId> parse(String text) {
        return UuidForm.matches(text) ? Optional.of(new InstallId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
