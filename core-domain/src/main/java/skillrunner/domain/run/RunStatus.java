package skillrunner.domain.run;

import java.util.Arrays;
import java.util.Locale;

/** Where a run stands. */
public enum RunStatus {
    /** Admitted and waiting for a slot. */
    QUEUED,
    /** Holds a slot; its engine works. */
    RUNNING,
    /** Has asked its user something. */
    WAITING_USER,
    /** Ended with a validated result. */
    SUCCEEDED,
    /** Ended without one. */
    FAILED,
    /** Ended because somebody asked for it. */
    CANCELED;

    /**
     * Returns the name on the wire and in the database.
     *
     * @return lower case, for example {@code waiting_user}
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
    public static RunStatus of(String text) {
        return Arrays.stream(values())
                .filter(status -> status.wire().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a run status: " + text));
    }

    /**
     * Tells whether nothing follows.
     *
     * @return true for the three final states
     */
    public boolean isTerminal() {
        return RunLifecycle.TABLE.isTerminal(this);
    }
}
