package skillrunner.application.run.execution;

import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.run.RunSettings;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.Runs;
import skillrunner.application.run.quota.WorkspaceMeter;
import skillrunner.application.run.result.RunConclusion;
import skillrunner.application.run.turn.TurnJudge;
import skillrunner.application.run.turn.TurnPreparation;
import skillrunner.application.storage.DiskReserve;
import skillrunner.application.time.MonotonicClock;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;

/** Opens executions of runs. Safe for concurrent use. */
public final class RunExecutions {
    private final Runs runs;
    private final TurnPreparation preparation;
    private final TurnProcesses processes;
    private final TurnOutputs outputs;
    private final WorkspaceMeter meter;
    private final TurnJudge judge;
    private final RunConclusion conclusion;
    private final DiskReserve reserve;
    private final RunSignals signals;
    private final RunErrands errands;
    private final Clock clock;
    private final MonotonicClock time;
    private final RunSettings settings;

    public RunExecutions(
            Runs runs,
            TurnPreparation preparation,
            TurnProcesses processes,
            TurnOutputs outputs,
            WorkspaceMeter meter,
            TurnJudge judge,
            RunConclusion conclusion,
            DiskReserve reserve,
            RunSignals signals,
            BackgroundTasks background,
            Clock clock,
            MonotonicClock time,
            RunSettings settings) {
        this.runs = Objects.requireNonNull(runs);
        this.preparation = Objects.requireNonNull(preparation);
        this.processes = Objects.requireNonNull(processes);
        this.outputs = Objects.requireNonNull(outputs);
        this.meter = Objects.requireNonNull(meter);
        this.judge = Objects.requireNonNull(judge);
        this.conclusion = Objects.requireNonNull(conclusion);
        this.reserve = Objects.requireNonNull(reserve);
        this.signals = Objects.requireNonNull(signals);
        this.errands = new RunErrands(background, signals);
        this.clock = Objects.requireNonNull(clock);
        this.time = Objects.requireNonNull(time);
        this.settings = Objects.requireNonNull(settings);
    }

    /**
     * Opens the execution of a running run.
     *
     * @param run a running run
     * @param resumed whether an earlier server may have started its process
     * @return the execution, to be stepped until it ends and then closed
     */
    public RunExecution open(Run run, boolean resumed) {
        return open(run, resumed, Optional.empty());
    }

    /**
     * Opens the execution of a running run that can only be ended.
     *
     * @param run a running run
     * @param failure why it fails
     * @return the execution, to be stepped until it ends and then closed
     */
    public RunExecution openToEnd(Run run, RunFailure failure) {
        return open(run, true, Optional.of(failure));
    }

    private RunExecution open(Run run, boolean resumed, Optional<RunFailure> fault) {
        TurnProcess process = processes.of(run, resumed);
        TurnOutput output = outputs.of(run, process.files());
        // Whoever took the run from the queue counted the first start of its preparation with it.
        TurnBeginning beginning =
                new TurnBeginning(runs, preparation, new LongStep<>(errands, run.id(), "prepare"), resumed ? 0 : 1);
        TurnUsage usage = new TurnUsage(
                run.id(), settings.quota(), process, () -> outputs.written(run.id()), meter, errands, time);
        TurnEnding ending = new TurnEnding(
                run,
                outputs,
                output,
                judge,
                usage,
                new LongStep<>(errands, run.id(), "prove"),
                new LongStep<>(errands, run.id(), "judge"));
        return new RunExecution(
                new RunExecution.Tools(
                        runs,
                        beginning,
                        process,
                        output,
                        usage,
                        ending,
                        conclusion,
                        reserve,
                        signals,
                        clock,
                        time,
                        settings),
                run,
                fault);
    }
}
