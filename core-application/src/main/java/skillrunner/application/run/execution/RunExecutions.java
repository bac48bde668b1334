package skillrunner.application.run.execution;

import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.engine.Engines;
import skillrunner.application.run.Attempts;
import skillrunner.application.run.RunSettings;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.Runs;
import skillrunner.application.run.output.RunOutput;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.run.result.RunConclusion;
import skillrunner.application.run.turn.RunWorkspaces;
import skillrunner.application.run.turn.TurnJudge;
import skillrunner.application.run.turn.TurnPreparation;
import skillrunner.application.storage.DiskReserve;
import skillrunner.application.time.MonotonicClock;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;

/** Opens executions of runs; holds what all of them share. Safe for concurrent use. */
public final class RunExecutions {
    final Runs runs;
    final Attempts attempts;
    final Engines engines;
    final TurnPreparation preparation;
    final AgentProcesses processes;
    final RunWorkspaces workspaces;
    final RunOutput output;
    final TurnJudge judge;
    final RunConclusion conclusion;
    final RunSignals signals;
    final DiskReserve reserve;
    final RunErrands errands;
    final Clock clock;
    final MonotonicClock time;
    final RunSettings settings;

    /**
     * Takes the collaborators of every execution.
     *
     * @param runs stores runs
     * @param attempts stores attempts
     * @param engines finds drivers
     * @param preparation prepares turns
     * @param processes starts and ends processes
     * @param workspaces knows where they write
     * @param output reads what they wrote
     * @param judge judges ended turns
     * @param conclusion ends runs
     * @param signals wakes whoever follows a run
     * @param reserve keeps some disk space aside
     * @param background gives threads to what may take long
     * @param clock dates what outlives this server
     * @param time measures how long runs take
     * @param settings how runs are carried out
     */
    public RunExecutions(
            Runs runs,
            Attempts attempts,
            Engines engines,
            TurnPreparation preparation,
            AgentProcesses processes,
            RunWorkspaces workspaces,
            RunOutput output,
            TurnJudge judge,
            RunConclusion conclusion,
            RunSignals signals,
            DiskReserve reserve,
            BackgroundTasks background,
            Clock clock,
            MonotonicClock time,
            RunSettings settings) {
        this.runs = Objects.requireNonNull(runs);
        this.attempts = Objects.requireNonNull(attempts);
        this.engines = Objects.requireNonNull(engines);
        this.preparation = Objects.requireNonNull(preparation);
        this.processes = Objects.requireNonNull(processes);
        this.workspaces = Objects.requireNonNull(workspaces);
        this.output = Objects.requireNonNull(output);
        this.judge = Objects.requireNonNull(judge);
        this.conclusion = Objects.requireNonNull(conclusion);
        this.signals = Objects.requireNonNull(signals);
        this.reserve = Objects.requireNonNull(reserve);
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
        return new RunExecution(this, run, resumed, Optional.empty());
    }

    /**
     * Opens the execution of a running run that can only be ended.
     *
     * @param run a running run
     * @param failure why it fails
     * @return the execution, to be stepped until it ends and then closed
     */
    public RunExecution openToEnd(Run run, RunFailure failure) {
        return new RunExecution(this, run, true, Optional.of(failure));
    }
}
