package skillrunner.testkit.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Stands still until it is moved; always UTC. Safe for concurrent use. */
public final class ManualClock extends Clock {
    /** Where every clock starts unless told otherwise. */
    public static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private Instant now;

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
     * Jumps to a moment, also backwards.
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
