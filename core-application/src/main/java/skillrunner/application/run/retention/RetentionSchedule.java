package skillrunner.application.run.retention;

import java.time.Duration;
import java.util.Objects;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.domain.run.RetentionPolicy;

/**
 * Removes in the background what has been kept long enough: soon after the start, and then again and again. The first time it
 * also finishes what an earlier server began to remove, even if nothing is ever too old. Safe for concurrent use.
 */
public final class RetentionSchedule {
    private final RemoveRuns remove;
    private final RetentionPolicy policy;
    private final Duration interval;
    private final BackgroundTasks background;

    public RetentionSchedule(RemoveRuns remove, RetentionPolicy policy, Duration interval, BackgroundTasks background) {
        this.remove = Objects.requireNonNull(remove);
        this.policy = Objects.requireNonNull(policy);
        this.interval = Objects.requireNonNull(interval);
        this.background = Objects.requireNonNull(background);
    }

    /**
     * Begins.
     *
     * @param delay how long to wait before the first sweep
     */
    public void begin(Duration delay) {
        background.submitAfter(delay, "retention", this::first);
    }

    private void first() {
        if (interval.isZero()) {
            remove.finish();
        } else {
            sweep();
        }
    }

    private void sweep() {
        try {
            remove.sweep(policy);
        } finally {
            // What failed now is tried again then.
            background.submitAfter(interval, "retention", this::sweep);
        }
    }
}
