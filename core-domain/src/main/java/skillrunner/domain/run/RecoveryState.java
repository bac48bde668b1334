package skillrunner.domain.run;

import java.util.Arrays;
import java.util.Locale;

/** What a restart of the server did to a run. */
public enum RecoveryState {
    /** Nothing, or the run simply went on. */
    NONE,
    /** The run was waiting for its user and still is. */
    RECOVERED_WAITING,
    /** The run could not go on and was failed. */
    FAILED_RECONCILED;

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
     * @return the state
     */
    public static RecoveryState of(String text) {
        return Arrays.stream(values())
                .filter(state -> state.wire().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a recovery state: " + text));
    }
}
