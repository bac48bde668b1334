package skillrunner.domain.upgrade;

import java.util.Arrays;
import java.util.Locale;

/** How the upgrade of one engine ended. */
public enum EngineUpgradeStatus {
    /** Its command ended well. */
    SUCCEEDED,
    /** Its command ended otherwise, or was cut off. */
    FAILED,
    /** It was planned but never started. */
    SKIPPED;

    /**
     * Returns the name on the wire and in the database.
     *
     * @return lower case
     */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a wire name that we wrote ourselves.
     *
     * @param text the name
     * @return the status
     * @throws IllegalArgumentException for a name that is none of ours
     */
    public static EngineUpgradeStatus of(String text) {
        return Arrays.stream(values())
                .filter(status -> status.wire().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not an engine upgrade status: " + text));
    }
}
