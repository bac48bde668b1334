package skillrunner.application.run;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import skillrunner.domain.run.RunStatus;

/** Counts what has happened to runs since this server began, for whoever supervises it. Safe for concurrent use. */
public final class RunCounts {
    private final Map<RunStatus, LongAdder> ended = new EnumMap<>(RunStatus.class);
    private final LongAdder taken = new LongAdder();
    private final LongAdder waitedMillis = new LongAdder();
    private final LongAdder leaked = new LongAdder();

    /** Begins at zero. */
    public RunCounts() {
        for (RunStatus status : RunStatus.values()) {
            if (status.isTerminal()) {
                ended.put(status, new LongAdder());
            }
        }
    }

    /**
     * Counts a run that has ended.
     *
     * @param status how
     */
    public void ended(RunStatus status) {
        LongAdder counter = ended.get(status);
        if (counter == null) {
            throw new IllegalArgumentException(status + " is no end");
        }
        counter.increment();
    }

    /**
     * Counts a run that got a slot.
     *
     * @param wait how long it waited for it
     */
    public void taken(Duration wait) {
        taken.increment();
        waitedMillis.add(Math.max(0, wait.toMillis()));
    }

    /**
     * Counts processes that could not be ended.
     *
     * @param processes how many
     */
    public void leaked(int processes) {
        leaked.add(processes);
    }

    /**
     * Returns how many runs have ended in one way.
     *
     * @param status how
     * @return a number that only grows; 0 for a status that is no end
     */
    public long runsEnded(RunStatus status) {
        LongAdder counter = ended.get(status);
        return counter == null ? 0 : counter.sum();
    }

    /**
     * Returns how many runs got a slot.
     *
     * @return a number that only grows
     */
    public long runsTaken() {
        return taken.sum();
    }

    /**
     * Returns how long all of them waited for it together.
     *
     * @return a span that only grows
     */
    public Duration waited() {
        return Duration.ofMillis(waitedMillis.sum());
    }

    /**
     * Returns how many processes could not be ended.
     *
     * @return a number that only grows
     */
    public long processesLeaked() {
        return leaked.sum();
    }
}
