package skillrunner.domain.run;

import java.util.Locale;

/** How an answer was found in the engine's text. */
public enum RepairLevel {
    /** The text is the answer. */
    NONE,
    /** The answer was cut out of a fence or surrounding prose by fixed rules. */
    DETERMINISTIC_GENERIC;

    /**
     * Returns the name on the wire.
     *
     * @return lower case
     */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
