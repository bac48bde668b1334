package skillrunner.domain.upgrade;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a client got back when it asked for an upgrade. Safe as a path segment.
 *
 * @param value a UUID in lower case
 */
public record UpgradeId(String value) {
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** Refuses any other form. */
    public UpgradeId {
        if (!UUID_FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not an upgrade id");
        }
    }

    /**
     * Reads an id from outside.
     *
     * @param text any text
     * @return the id, or empty if the text does not have the form
     */
    public static Optional<UpgradeId> parse(String text) {
        return UUID_FORM.matcher(text).matches() ? Optional.of(new UpgradeId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
