package skillrunner.application.time;

import java.time.Duration;
import java.util.Objects;

/** A span of time that runs off while this server lives, whatever becomes of the machine's clock. Safe for concurrent use. */
public final class Countdown {
    private final MonotonicClock clock;
    private final Duration end;

    private Countdown(MonotonicClock clock, Duration end) {
        this.clock = Objects.requireNonNull(clock);
        this.end = end;
    }

    /**
     * Starts a countdown.
     *
     * @param clock measures it
     * @param length how long it takes from now
     * @return the countdown
     */
    public static Countdown of(MonotonicClock clock, Duration length) {
        return new Countdown(clock, clock.reading().plus(length));
    }

    /**
     * Returns what is left.
     *
     * @return zero once it is over
     */
    public Duration left() {
        Duration left = end.minus(clock.reading());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * Tells whether nothing is left.
     *
     * @return whether it is over
     */
    public boolean isOver() {
        return left().isZero();
    }

    /**
     * Cuts a pause so that it does not outlast this countdown.
     *
     * @param pause how long one would wait
     * @return the shorter of the pause and what is left
     */
    public Duration atMost(Duration pause) {
        Duration left = left();
        return pause.compareTo(left) < 0 ? pause : left;
    }
}
