package skillrunner.application.run.execution;

import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.Attempts;
import skillrunner.application.run.interaction.KeptEngines;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.run.process.AttemptFiles;
import skillrunner.application.run.process.AttemptProcess;
import skillrunner.application.run.turn.RunWorkspaces;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.Run;

/** Finds the processes of attempts. Safe for concurrent use. */
public final class TurnProcesses implements KeptEngines {
    final Attempts attempts;
    final AgentProcesses processes;
    private final RunWorkspaces workspaces;

    public TurnProcesses(Attempts attempts, AgentProcesses processes, RunWorkspaces workspaces) {
        this.attempts = Objects.requireNonNull(attempts);
        this.processes = Objects.requireNonNull(processes);
        this.workspaces = Objects.requireNonNull(workspaces);
    }

    /** Where the present attempt of a run reads and writes. */
    AttemptFiles files(Run run) {
        return workspaces.attemptFiles(run.id(), run.processAttempt());
    }

    void endTurn(Run run, OutputPosition end) {
        workspaces.endTurn(run.id(), run.attempt(), end);
    }

    /** Looks up the process of a run's present attempt, as far as its row and its files tell. */
    AgentProcesses.State state(Run run) {
        // The row of a turn that goes on with an engine is written when it begins; the engine was there before.
        Optional<Attempt> attempt =
                attempts.find(run.id(), run.attempt()).or(() -> attempts.find(run.id(), run.processAttempt()));
        return processes.state(new AttemptProcess(files(run), run.marker(), attempt.flatMap(Attempt::process)));
    }

    @Override
    public boolean takeAnswer(Run run) {
        return state(run) instanceof AgentProcesses.State.Running
                && attempts.find(run.id(), run.attempt())
                        .flatMap(Attempt::stopReason)
                        .isEmpty();
    }

    /** The process of a run's present attempt, which an earlier server may have started. */
    TurnProcess of(Run run, boolean mayHaveStarted) {
        return new TurnProcess(this, run, mayHaveStarted);
    }
}
