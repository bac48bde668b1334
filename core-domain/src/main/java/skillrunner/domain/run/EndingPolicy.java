package skillrunner.domain.run;

import java.time.Duration;
import java.util.Optional;

/**
 * How a run ends that can't be ended as it should be: first everything is tried again for a while, then only its row is
 * written, and at last its slot is given to others while the row is tried again and again.
 */
public final class EndingPolicy {
    /** How many failures there are before result and records are given up. */
    static final int FAILURES_WITH_FILES = RetryPolicy.END_WHOLE.pauses().size();

    private EndingPolicy() {}

    /**
     * What to do next.
     *
     * @param pause how long to wait before it
     * @param withFiles whether result and records are still written
     * @param holdsSlot whether the run keeps its slot meanwhile
     */
    public record Next(Duration pause, boolean withFiles, boolean holdsSlot) {}

    /**
     * Decides.
     *
     * @param failures how often ending the run has failed so far; 0 before the first try
     * @return what to do next
     */
    public static Next after(int failures) {
        if (failures == 0) {
            return new Next(Duration.ZERO, true, true);
        }
        Optional<Duration> whole = RetryPolicy.END_WHOLE.pauseAfter(failures);
        if (whole.isPresent()) {
            return new Next(whole.get(), true, true);
        }
        return RetryPolicy.END_IN_DATABASE
                .pauseAfter(failures - FAILURES_WITH_FILES)
                .map(pause -> new Next(pause, false, true))
                .orElseGet(() -> new Next(RetryPolicy.WITHOUT_SLOT, false, false));
    }
}
