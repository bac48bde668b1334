package skillrunner.http.load;

import java.time.Duration;
import java.util.Objects;

/**
 * How slow a client may be. The rate is the average from the beginning on, so a pause is forgiven to who was quick before.
 *
 * @param bytesPerSecond least average
 * @param grace how long nothing is asked
 * @param whole how long it may take as a whole, however quick
 */
public record LeastRate(long bytesPerSecond, Duration grace, Duration whole) {
    /** Refuses null parts. */
    public LeastRate {
        Objects.requireNonNull(grace);
        Objects.requireNonNull(whole);
    }

    /**
     * Judges a client.
     *
     * @param bytes how much came or went
     * @param elapsed since the beginning
     * @return true if it is not waited for any longer
     */
    public boolean isBroken(long bytes, Duration elapsed) {
        return elapsed.compareTo(whole) > 0
                || (elapsed.compareTo(grace) > 0 && bytes < bytesPerSecond * elapsed.toMillis() / 1000);
    }
}
