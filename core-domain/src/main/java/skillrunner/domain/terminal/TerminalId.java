package skillrunner.domain.terminal;

import java.util.Optional;
import skillrunner.domain.id.UuidForm;

/**
 * Names a terminal session. Safe as a path segment and as the name of a folder.
 *
 * @param value a UUID in lower case
 */
public record TerminalId(String value) {
    /** Refuses any other form. */
    public TerminalId {
        UuidForm.require(value, "an id of a terminal session");
    }

    /**
     * Reads an id from outside.
     *
     * @param text any text
     * @return the id, or empty if the text does not have the form
     */
    public static Optional<TerminalId> parse(String text) {
        return UuidForm.matches(text) ? Optional.of(new TerminalId(text)) : Optional.empty();
    }

    /**
     * Returns what every process of the session carries, so that all of them are found.
     *
     * @return a text of this session's own
     */
    public String marker() {
        return "terminal-" + value;
    }

    @Override
    public String toString() {
        return value;
    }
}
