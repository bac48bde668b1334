package skillrunner.application.engine;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How long what a CLI is signed in with lasts, as far as its credential files tell.
 *
 * @param expiresAt when the present access ends; empty if nothing tells, or if it has no end, as that of a key
 * @param renewsItself whether the CLI can get itself the next access without its user
 */
public record SignInLife(Optional<Instant> expiresAt, boolean renewsItself) {
    /** What nothing is known of. */
    public static final SignInLife UNKNOWN = new SignInLife(Optional.empty(), false);

    /** Refuses null parts. */
    public SignInLife {
        Objects.requireNonNull(expiresAt);
    }

    /**
     * Tells whether nobody gets in with it any more. What renews itself never counts as over: whether its provider still renews it, only
     * the provider knows.
     *
     * @param now the time
     * @return true if somebody has to sign in again
     */
    public boolean isOver(Instant now) {
        return !renewsItself && expiresAt.filter(end -> !now.isBefore(end)).isPresent();
    }
}
