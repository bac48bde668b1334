package skillrunner.application.run.execution;

import java.time.Clock;
import java.util.Objects;
import skillrunner.application.run.RunSettings;
import skillrunner.application.time.MonotonicClock;

/** Measures the time of attempts. Safe for concurrent use. */
public final class TurnTimes {
    final MonotonicClock monotonic;
    final Clock wall;
    final RunSettings settings;

    /**
     * Measures by two clocks.
     *
     * @param monotonic says how much time has passed
     * @param wall says what time it is, which counts over a restart only
     * @param settings say how long a turn may take and how often it is looked at
     */
    public TurnTimes(MonotonicClock monotonic, Clock wall, RunSettings settings) {
        this.monotonic = Objects.requireNonNull(monotonic);
        this.wall = Objects.requireNonNull(wall);
        this.settings = Objects.requireNonNull(settings);
    }

    /** The time of one attempt, of which none has passed as far as this server knows. */
    TurnTime open() {
        return new TurnTime(this);
    }
}
