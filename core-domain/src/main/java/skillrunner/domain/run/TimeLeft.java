package skillrunner.domain.run;

import java.time.Duration;
import java.time.Instant;

/** How much of a limit is left to a run that another server began. */
public final class TimeLeft {
    private TimeLeft() {}

    /**
     * Judges by wall time, which is all that two servers have in common. A clock that was set meanwhile makes it neither
     * more than the whole limit nor less than nothing.
     *
     * @param limit the whole limit
     * @param deadline when it passes by the clock of the server that began
     * @param now the present clock
     * @return between zero and the limit
     */
    public static Duration afterRestart(Duration limit, Instant deadline, Instant now) {
        Duration left = Duration.between(now, deadline);
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(limit) > 0 ? limit : left;
    }
}
