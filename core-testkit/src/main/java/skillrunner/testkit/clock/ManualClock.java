package skillrunner.testkit.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import skillrunner.application.time.MonotonicClock;

/**
 * Stands still until it is moved; always UTC. Time passes for the monotonic clock that goes with it as well, while a jump is
 * seen here alone. Safe for concurrent use.
 */
public final class ManualClock extends Clock {
    /** Where every clock starts unless told otherwise. */
    public static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private Instant now;
    private Duration passed = Duration.ZERO;

    /** Starts at {@link #START}. */
    public ManualClock() {
        this(START);
    }

    /**
     * Starts at a moment.
     *
     * @param start the moment
     */
    public ManualClock(Instant start) {
        this.now = start;
    }

    /**
     * Jumps to a moment, also backwards, as if somebody set the clock; no time passes.
     *
     * @param moment the moment
     */
    public synchronized void set(Instant moment) {
        now = moment;
    }

    /**
     * Lets time pass.
     *
     * @param duration how much
     */
    public synchronized void advance(Duration duration) {
        now = now.plus(duration);
        passed = passed.plus(duration);
    }

    /** Returns the clock that shows how much time has passed, whatever this one was set to. */
    public MonotonicClock monotonic() {
        return this::passed;
    }

    private synchronized Duration passed() {
        return passed;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Returns this clock: there is only one zone. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
