package skillrunner.domain.upgrade;

import java.util.Optional;
import skillrunner.domain.id.UuidForm;

/**
 * What a client got back when it asked for an upgrade. Safe as a path segment.
 *
 * @param value a UUID in lower case
 */
public record UpgradeId(String value) {
    /** Refuses any other form. */
    public UpgradeId {
        UuidForm.require(value, "an upgrade id");
    }

    /**
     * Reads an id from outside.
     *
     * @param text any text
     * @return the id, or empty if the text does not have the form
     */
    public static Optional<UpgradeId> parse(String text) {
        return UuidForm.matches(text) ? Optional.of(new UpgradeId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
