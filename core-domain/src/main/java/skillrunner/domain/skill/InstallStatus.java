package skillrunner.domain.skill;

import java.util.Arrays;
import java.util.Locale;

/** Where the installation of a package stands. */
public enum InstallStatus {
    /** The archive is stored; nobody has looked into it yet. */
    QUEUED,
    /** The package is unpacked, checked and moved into its place. */
    RUNNING,
    /** The package is the installed version. */
    SUCCEEDED,
    /** Ended otherwise; the installed version is the one from before. */
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
    public static InstallStatus of(String text) {
        return Arrays.stream(values())
                .filter(status -> status.wire().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not an install status: " + text));
    }

    /**
     * Tells whether nothing follows.
     *
     * @return true for the two final states
     */
    public boolean isTerminal() {
        return InstallLifecycle.TABLE.isTerminal(this);
    }
}
