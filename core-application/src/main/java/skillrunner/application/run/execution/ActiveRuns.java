package skillrunner.application.run.execution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.background.Bell;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.Runs;
import skillrunner.application.run.Subscription;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.time.Countdown;
import skillrunner.application.time.MonotonicClock;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunStatus;

/** All runs that have not ended, seen by whoever wants to be rid of them. Safe for concurrent use. */
public final class ActiveRuns {
    private static final System.Logger LOG = System.getLogger(ActiveRuns.class.getName());

    /** Three signals to a process that ignores all but the last take less. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Runs runs;
    private final TurnProcesses processes;
    private final CancelRun cancel;
    private final RunSignals signals;
    private final BackgroundTasks background;
    private final MonotonicClock time;

    public ActiveRuns(
            Runs runs,
            TurnProcesses processes,
            CancelRun cancel,
            RunSignals signals,
            BackgroundTasks background,
            MonotonicClock time) {
        this.runs = Objects.requireNonNull(runs);
        this.processes = Objects.requireNonNull(processes);
        this.cancel = Objects.requireNonNull(cancel);
        this.signals = Objects.requireNonNull(signals);
        this.background = Objects.requireNonNull(background);
        this.time = Objects.requireNonNull(time);
    }

    /** Cancels every run there is at the moment, and returns when all have ended, or after some time. */
    public void end() {
        List<RunId> wished = new ArrayList<>();
        // Those that wait come first, so that none of them gets the slot of one that is ended.
        for (RunStatus status : List.of(RunStatus.QUEUED, RunStatus.RUNNING, RunStatus.WAITING_USER)) {
            for (Run run : runs.inStatus(status)) {
                wish(run);
                wished.add(run.id());
            }
        }
        Countdown patience = Countdown.of(time, PATIENCE);
        for (RunId run : wished) {
            awaitEnd(run, patience);
        }
    }

    /**
     * Tells whether a process works for a run, whatever its status says.
     *
     * @param id the run
     * @return false if none does, or there is no such run
     */
    public boolean hasProcess(RunId id) {
        Optional<Run> started = runs.find(id).filter(run -> run.attempt() > 0);
        return started.isPresent() && processes.state(started.get()) instanceof AgentProcesses.State.Running;
    }

    private void wish(Run run) {
        try {
            cancel.cancel(run.requestId());
        } catch (RefusedException e) {
            LOG.log(System.Logger.Level.DEBUG, "run run_id={0} is gone already", run.id());
        }
    }

    private void awaitEnd(RunId run, Countdown patience) {
        Bell bell = background.bell();
        try (Subscription watch = signals.watch(run, bell::ring)) {
            while (works(run) && !patience.isOver()) {
                bell.await(patience.atMost(LOOK_EVERY));
            }
        } catch (InterruptedException e) {
            // The server ends; what still works is left as it is.
            Thread.currentThread().interrupt();
        }
    }

    private boolean works(RunId id) {
        return runs.find(id).filter(run -> !run.status().isTerminal()).isPresent();
    }
}
