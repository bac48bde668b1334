package skillrunner.application.time;

import java.time.Duration;

/**
 * Measures how much time passes while this server lives. Setting the machine's clock does not change it; it says nothing
 * to another server. Implementations are safe for concurrent use.
 */
@FunctionalInterface
public interface MonotonicClock {
    /**
     * Reads the clock.
     *
     * @return the time since a moment that stays the same while the server lives; never less than before
     */
    Duration reading();
}
