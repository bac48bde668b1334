package skillrunner.client;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * How long an answer is waited for: so long after the last sign that the server takes what is sent, and never longer than there is time as
 * a whole. The sign may come from any thread.
 */
final class Pace {
    private final Duration silence;
    private final Duration whole;
    private final LongSupplier nanos;
    private final long begun;
    private volatile long moved;

    Pace(Duration silence, Duration whole, LongSupplier nanos) {
        this.silence = Objects.requireNonNull(silence);
        this.whole = Objects.requireNonNull(whole);
        this.nanos = Objects.requireNonNull(nanos);
        this.begun = nanos.getAsLong();
        this.moved = begun;
    }

    /** The server has taken something. */
    void moved() {
        moved = nanos.getAsLong();
    }

    /** How long is waited from now on if nothing more happens; zero or less if it has been too long. */
    Duration left() {
        long now = nanos.getAsLong();
        Duration quiet = silence.minusNanos(now - moved);
        Duration all = whole.minusNanos(now - begun);
        return quiet.compareTo(all) < 0 ? quiet : all;
    }
}
