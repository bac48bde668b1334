package skillrunner.application.run;

import java.time.Duration;
import java.util.Objects;
import skillrunner.domain.run.LimitRules;
import skillrunner.domain.run.RunQuota;
import skillrunner.domain.run.RunRequest;

/**
 * How this server carries out runs.
 *
 * @param slots how many runs work at once
 * @param maxQueued how many runs may wait
 * @param sessionTimeoutSeconds how long a question waits, unless the client says otherwise
 * @param hardTimeoutSeconds how long a turn may take, unless the client says otherwise
 * @param sandboxed whether the CLIs' own sandboxes are used
 * @param poll how often a running attempt is looked at without a wake-up
 * @param quota how much a run may take of the machine
 */
public record RunSettings(
        int slots,
        int maxQueued,
        int sessionTimeoutSeconds,
        int hardTimeoutSeconds,
        boolean sandboxed,
        Duration poll,
        RunQuota quota) {
    /** Refuses null parts and limits that are not positive. */
    public RunSettings {
        Objects.requireNonNull(poll);
        Objects.requireNonNull(quota);
        LimitRules.refuseNone("slots", slots);
        LimitRules.refuseNone("maxQueued", maxQueued);
        LimitRules.refuseNone("sessionTimeoutSeconds", sessionTimeoutSeconds);
        LimitRules.refuseNone("hardTimeoutSeconds", hardTimeoutSeconds);
    }

    /**
     * Returns how long a turn may take.
     *
     * @param request the request that causes it
     * @return the limit, in seconds
     */
    public int hardTimeoutSeconds(RunRequest request) {
        return request.options().hardTimeoutSeconds().orElse(hardTimeoutSeconds);
    }
}
