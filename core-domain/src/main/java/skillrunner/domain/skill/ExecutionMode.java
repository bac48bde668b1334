package skillrunner.domain.skill;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether a run may ask its user questions. */
public enum ExecutionMode {
    /** One turn; nobody answers. */
    AUTO,
    /** Turns with questions and replies. */
    INTERACTIVE;

    /**
     * Returns the name on the wire and in runner.json.
     *
     * @return lower case
     */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a mode by its wire name; case matters.
     *
     * @param text the name
     * @return the mode, or empty for an unknown name
     */
    public static Optional<ExecutionMode> parse(String text) {
        return Arrays.stream(values()).filter(mode -> mode.wire().equals(text)).findFirst();
    }

    /**
     * Returns all wire names.
     *
     * @return the names in their order
     */
    public static List<String> wireNames() {
        return Arrays.stream(values()).map(ExecutionMode::wire).toList();
    }
}
