package skillrunner.domain.model;

import java.util.Locale;

/** Why a snapshot serves that was not made for the CLI's version or one before it, or why none serves. */
public enum FallbackReason {
    /** All snapshots are newer than the CLI. */
    NO_MATCH,
    /** The CLI's version can't be detected. */
    CLI_VERSION_UNKNOWN,
    /** The CLI's version can't be ordered. */
    NO_SEMVER_MATCH,
    /** No snapshot is listed. */
    NO_SNAPSHOTS,
    /** A snapshot that would have served can't be read. */
    SNAPSHOT_UNREADABLE;

    /**
     * Returns the name on the wire.
     *
     * @return lower case
     */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
