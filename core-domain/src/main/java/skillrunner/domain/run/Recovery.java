package skillrunner.domain.run;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What the last restart that met this run did to it.
 *
 * @param state the effect
 * @param at when, if a restart met it
 * @param reason a stable word, if a restart met it
 */
public record Recovery(RecoveryState state, Optional<Instant> at, Optional<String> reason) {
    /** No restart has met the run. */
    public static final Recovery NONE = new Recovery(RecoveryState.NONE, Optional.empty(), Optional.empty());

    /** Refuses null parts. */
    public Recovery {
        Objects.requireNonNull(state);
        Objects.requireNonNull(at);
        Objects.requireNonNull(reason);
    }

    /**
     * The engine's process outlived the server and was picked up again.
     *
     * @param now when
     * @return the recovery
     */
    public static Recovery reattached(Instant now) {
        return new Recovery(RecoveryState.NONE, Optional.of(now), Optional.of("process_reattached"));
    }

    /**
     * The run waited for its user, and does so still.
     *
     * @param now when
     * @return the recovery
     */
    public static Recovery waiting(Instant now) {
        return new Recovery(
                RecoveryState.RECOVERED_WAITING, Optional.of(now), Optional.of("resumable_waiting_preserved"));
    }

    /**
     * The run waited for its user, and so did its engine, and both do so still.
     *
     * @param now when
     * @return the recovery
     */
    public static Recovery keptWaiting(Instant now) {
        return new Recovery(RecoveryState.RECOVERED_WAITING, Optional.of(now), Optional.of("sticky_waiting_preserved"));
    }

    /**
     * The run waited for its user, and can't be gone on with.
     *
     * @param now when
     * @return the recovery
     */
    public static Recovery unresumable(Instant now) {
        return new Recovery(RecoveryState.FAILED_RECONCILED, Optional.of(now), Optional.of("session_lost"));
    }

    /**
     * The engine's process is gone and left no exit record.
     *
     * @param now when
     * @return the recovery
     */
    public static Recovery lost(Instant now) {
        return new Recovery(RecoveryState.FAILED_RECONCILED, Optional.of(now), Optional.of("process_lost"));
    }
}
