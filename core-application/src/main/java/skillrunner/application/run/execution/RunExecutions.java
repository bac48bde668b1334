package skillrunner.application.run.execution;

import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.Runs;
import skillrunner.application.run.journal.KeepJournal;
import skillrunner.application.run.result.RunConclusion;
import skillrunner.application.storage.DiskReserve;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;

/** Opens executions of runs. Safe for concurrent use. */
public final class RunExecutions {
    private final Runs runs;
    private final Turns turns;
    private final TurnTimes times;
    private final RunConclusion conclusion;
    private final DiskReserve reserve;
    private final KeepJournal journal;
    private final RunSignals signals;

    public RunExecutions(
            Runs runs,
            Turns turns,
            TurnTimes times,
            RunConclusion conclusion,
            DiskReserve reserve,
            KeepJournal journal,
            RunSignals signals) {
        this.runs = Objects.requireNonNull(runs);
        this.turns = Objects.requireNonNull(turns);
        this.times = Objects.requireNonNull(times);
        this.conclusion = Objects.requireNonNull(conclusion);
        this.reserve = Objects.requireNonNull(reserve);
        this.journal = Objects.requireNonNull(journal);
        this.signals = Objects.requireNonNull(signals);
    }

    /**
     * Opens the execution of a run.
     *
     * @param run a running run, or one that waits and whose engine keeps running
     * @param resumed whether an earlier server may have started its process
     * @return the execution, to be stepped until it ends and then closed
     */
    public RunExecution open(Run run, boolean resumed) {
        return open(run, resumed, Optional.empty());
    }

    /**
     * Opens the execution of a run that can only be ended.
     *
     * @param run a running run, or one that waits and whose engine keeps running
     * @param failure why it fails
     * @return the execution, to be stepped until it ends and then closed
     */
    public RunExecution openToEnd(Run run, RunFailure failure) {
        return open(run, true, Optional.of(failure));
    }

    /**
     * Finds what an execution left to the same hands: an engine that keeps running has to be looked after while its run waits, and to
     * be told the answer.
     *
     * @param run the run as it was carried out until now
     * @return the run as it is stored now, if it goes on; empty if nothing is left to do
     */
    Optional<Run> following(Run run) {
        return runs.find(run.id())
                .filter(stored -> stored.fence() == run.fence())
                .filter(stored -> stored.keepsEngine() || stored.goesOnWithEngine())
                .filter(stored -> stored.status() != run.status() || stored.attempt() != run.attempt());
    }

    private RunExecution open(Run run, boolean resumed, Optional<RunFailure> fault) {
        TurnTime time = times.open();
        RunSetbacks setbacks = new RunSetbacks(run.id(), time, reserve, fault);
        Stage stage = run.keepsEngine()
                ? turns.waiting(run, resumed, time, setbacks)
                : turns.of(run, resumed, time, setbacks);
        return new RunExecution(
                runs, stage, setbacks, new ExecutionEnd(stage, conclusion, reserve, journal, signals), run);
    }
}
