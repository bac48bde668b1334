package skillrunner.application.run;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunStatus;

/** Finds the runs that were working when the server ended and carries on with them. To be called before serving. */
public final class ReconcileRuns {
    private static final System.Logger LOG = System.getLogger(ReconcileRuns.class.getName());

    private final Runs runs;
    private final RunWorkspaces workspaces;
    private final AgentProcesses processes;
    private final RunDispatcher dispatcher;
    private final Clock clock;

    /**
     * Takes its collaborators.
     *
     * @param runs knows the runs
     * @param workspaces knows where their processes write
     * @param processes knows what became of the processes
     * @param dispatcher carries on
     * @param clock dates the recovery
     */
    public ReconcileRuns(
            Runs runs, RunWorkspaces workspaces, AgentProcesses processes, RunDispatcher dispatcher, Clock clock) {
        this.runs = Objects.requireNonNull(runs);
        this.workspaces = Objects.requireNonNull(workspaces);
        this.processes = Objects.requireNonNull(processes);
        this.dispatcher = Objects.requireNonNull(dispatcher);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Carries on with every running run. A run whose process works, or ended while nobody looked, is marked as picked
     * up; one whose process was never started simply starts; queued runs stay queued.
     *
     * @return how many runs were running
     */
    public int reconcile() {
        List<Run> working = runs.inStatus(RunStatus.RUNNING);
        for (Run run : working) {
            AgentProcesses.State state = processes.state(workspaces.attemptFiles(run.id(), run.attempt()));
            LOG.log(
                    System.Logger.Level.INFO,
                    "run run_id={0} attempt={1} found after restart: process {2}",
                    run.id(),
                    run.attempt(),
                    state.getClass().getSimpleName());
            Run now = run;
            if (state instanceof AgentProcesses.State.Running || state instanceof AgentProcesses.State.Exited) {
                now = run.reattached(clock.instant());
                // Once somebody has asked for its end, a run takes no other change; the mark is not worth more.
                if (!runs.saveRunning(now)) {
                    now = runs.find(run.id()).orElse(run);
                }
            }
            dispatcher.resume(now);
        }
        return working.size();
    }
}
