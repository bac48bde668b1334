package skillrunner.workspace.budget;

import java.time.Duration;
import java.util.Objects;

/**
 * What foreign code may use up in one call.
 *
 * @param time how long it may take, without the wait for its turn
 * @param allocatedBytes how much memory it may take in sum, also what it gave back
 */
public record Budget(Duration time, long allocatedBytes) {
    /** For a check of one value and for rendering one prompt: a thousand times what an honest one needs. */
    public static final Budget ONE_CALL = new Budget(Duration.ofSeconds(10), 512L * 1024 * 1024);

    /** Refuses limits that are not positive. */
    public Budget {
        Objects.requireNonNull(time);
        if (time.isNegative() || time.isZero() || allocatedBytes < 1) {
            throw new IllegalArgumentException("a budget must be positive");
        }
    }
}
