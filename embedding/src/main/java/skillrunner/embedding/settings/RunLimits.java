package skillrunner.embedding.settings;

import java.util.Objects;
import skillrunner.domain.run.LimitRules;
import skillrunner.domain.run.RunQuota;
import skillrunner.domain.run.SlotPolicy;

/**
 * Limits of runs.
 *
 * @param slots how many runs work at once
 * @param maxQueued how many runs may wait for a slot
 * @param hardTimeoutSeconds how long a turn may take, unless the request says otherwise
 * @param sessionTimeoutSeconds how long a question waits, unless the request says otherwise
 * @param quota how much a run may take of the machine
 */
public record RunLimits(int slots, int maxQueued, int hardTimeoutSeconds, int sessionTimeoutSeconds, RunQuota quota) {
    /** How many runs may wait, as usual. */
    public static final int MAX_QUEUED = 128;

    /** How long a turn may take and a question waits, as usual. */
    public static final int TIMEOUT_SECONDS = 1_200;

    /** 8 GiB of output, 16 GiB and half a million files of workspace, a thousand processes. */
    public static final RunQuota QUOTA = new RunQuota(8L << 30, 16L << 30, 500_000, 1_000, 0);

    /** Refuses limits that are not positive. */
    public RunLimits {
        Objects.requireNonNull(quota);
        LimitRules.refuseNone("slots", slots);
        LimitRules.refuseNone("maxQueued", maxQueued);
        LimitRules.refuseNone("hardTimeoutSeconds", hardTimeoutSeconds);
        LimitRules.refuseNone("sessionTimeoutSeconds", sessionTimeoutSeconds);
    }

    /**
     * As usual, with as many slots as this machine bears now.
     *
     * @return the limits
     */
    public static RunLimits ofThisMachine() {
        return new RunLimits(
                SlotPolicy.DEFAULT.slots(MachineProbe.measure()), MAX_QUEUED, TIMEOUT_SECONDS, TIMEOUT_SECONDS, QUOTA);
    }

    /**
     * The same limits with another number of slots.
     *
     * @param count how many runs work at once, at least 1
     * @return the limits
     */
    public RunLimits withSlots(int count) {
        return new RunLimits(count, maxQueued, hardTimeoutSeconds, sessionTimeoutSeconds, quota);
    }
}
