package skillrunner.application.run.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.time.Countdown;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.TimeLeft;

/** How much time one attempt has left: by the monotonic clock, and by wall time only over a restart. Used by one thread. */
final class TurnTime {
    /** So long at least may the output be proven and judged, even if the hard timeout passes meanwhile. */
    private static final Duration CLOSING = Duration.ofSeconds(60);

    private final TurnTimes shared;
    private @Nullable Countdown hard;
    private @Nullable Countdown closing;

    TurnTime(TurnTimes shared) {
        this.shared = Objects.requireNonNull(shared);
    }

    /** How long a turn may take that a request causes. */
    int hardTimeoutSeconds(RunRequest request) {
        return shared.settings.hardTimeoutSeconds(request);
    }

    /** The time of an attempt that begins now, unless it has begun. */
    Countdown hard(int seconds) {
        if (hard == null) {
            hard = countdown(Duration.ofSeconds(seconds));
        }
        return hard;
    }

    /** The time of an attempt that this server or an earlier one has begun. */
    Countdown hard(Attempt attempt) {
        if (hard == null) {
            hard = countdown(TimeLeft.afterRestart(
                    Duration.ofSeconds(attempt.hardTimeoutSeconds()), attempt.hardDeadline(), now()));
        }
        return hard;
    }

    /** The time for what follows the end of the process; begins when it is asked for first. */
    Countdown closing(Optional<Attempt> attempt) {
        if (closing == null) {
            Countdown least = countdown(CLOSING);
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

    /** How long to wait before one looks again at what ends with a limit, unless something wakes the run. */
    Duration untilNextLook(Countdown limit) {
        return limit.atMost(shared.settings.poll());
    }

    /** How long to wait before one looks again at what does not end, unless something wakes the run. */
    Duration poll() {
        return shared.settings.poll();
    }

    Countdown countdown(Duration length) {
        return Countdown.of(shared.monotonic, length);
    }

    Instant now() {
        return shared.wall.instant();
    }
}
