package skillrunner.domain.upgrade;

import java.util.Arrays;
import java.util.Locale;

/** Where an upgrade task stands. */
public enum UpgradeStatus {
    /** Accepted; no engine was touched yet. */
    QUEUED,
    /** Its engines are upgraded, one after another. */
    RUNNING,
    /** Ended, and no engine failed. */
    SUCCEEDED,
    /** Ended otherwise. */
    FAILED;

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
    public static UpgradeStatus of(String text) {
        return Arrays.stream(values())
                .filter(status -> status.wire().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not an upgrade status: " + text));
    }

    /**
     * Tells whether nothing follows.
     *
     * @return true for the two final states
     */
    public boolean isTerminal() {
        return UpgradeLifecycle.TABLE.isTerminal(this);
    }
}
