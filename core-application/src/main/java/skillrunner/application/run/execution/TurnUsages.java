package skillrunner.application.run.execution;

import java.util.Objects;
import skillrunner.application.run.quota.WorkspaceMeter;
import skillrunner.application.time.MonotonicClock;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunQuota;

/** Looks at what attempts take of the machine. Safe for concurrent use. */
public final class TurnUsages {
    final RunQuota quota;
    final TurnOutputs outputs;
    final WorkspaceMeter meter;
    final MonotonicClock time;
    private final RunErrands errands;

    /**
     * Looks at what is limited only.
     *
     * @param quota how much a run may take
     * @param outputs say how much was written
     * @param meter measures workspaces
     * @param errands give the threads for that
     * @param time says how long a look took
     */
    public TurnUsages(
            RunQuota quota, TurnOutputs outputs, WorkspaceMeter meter, RunErrands errands, MonotonicClock time) {
        this.quota = Objects.requireNonNull(quota);
        this.outputs = Objects.requireNonNull(outputs);
        this.meter = Objects.requireNonNull(meter);
        this.errands = Objects.requireNonNull(errands);
        this.time = Objects.requireNonNull(time);
    }

    /** What a run's present attempt takes, and its process with it. */
    TurnUsage of(Run run, TurnProcess process) {
        return new TurnUsage(this, run.id(), process, new LongStep<>(errands, run.id(), "measure"));
    }
}
