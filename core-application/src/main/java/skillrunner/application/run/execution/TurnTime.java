package skillrunner.application.run.execution;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.time.Countdown;
import skillrunner.application.time.MonotonicClock;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.TimeLeft;

/** How much time one attempt has left: by the monotonic clock, and by wall time only over a restart. Used by one thread. */
final class TurnTime {
    /** So long at least may the output be proven and judged, even if the hard timeout passes meanwhile. */
    private static final Duration CLOSING = Duration.ofSeconds(60);

    private final MonotonicClock monotonic;
    private final Clock wall;
    private @Nullable Countdown hard;
    private @Nullable Countdown closing;

    TurnTime(MonotonicClock monotonic, Clock wall) {
        this.monotonic = Objects.requireNonNull(monotonic);
        this.wall = Objects.requireNonNull(wall);
    }

    /** The time of an attempt that begins now, unless it has begun. */
    Countdown hard(int seconds) {
        if (hard == null) {
            hard = Countdown.of(monotonic, Duration.ofSeconds(seconds));
        }
        return hard;
    }

    /** The time of an attempt that this server or an earlier one has begun. */
    Countdown hard(Attempt attempt) {
        if (hard == null) {
            hard = Countdown.of(
                    monotonic,
                    TimeLeft.afterRestart(
                            Duration.ofSeconds(attempt.hardTimeoutSeconds()), attempt.hardDeadline(), wall.instant()));
        }
        return hard;
    }

    /** The time for what follows the end of the process; begins when it is asked for first. */
    Countdown closing(Optional<Attempt> attempt) {
        if (closing == null) {
            Countdown least = Countdown.of(monotonic, CLOSING);
            Countdown whole = attempt.map(this::hard).orElse(least);
            closing = whole.left().compareTo(least.left()) > 0 ? whole : least;
        }
        return closing;
    }

    /** Whether the hard timeout has begun and passed. */
    boolean isOver() {
        return hard != null && hard.isOver();
    }

    /** Cuts a pause so that it does not outlast the hard timeout. */
    Duration atMost(Duration pause) {
        return hard == null ? pause : hard.atMost(pause);
    }
}
