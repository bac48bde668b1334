package skillrunner.application.run.execution;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.background.UntilDone;
import skillrunner.application.run.Attempts;
import skillrunner.application.run.Runs;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.run.result.RunConclusion;
import skillrunner.application.storage.Patience;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.ClaimPolicy;
import skillrunner.domain.run.MendingPolicy;
import skillrunner.domain.run.RetryPolicy;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunChange;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunStatus;

/**
 * Finds the runs that were working, or kept their engines, when the server ended and carries on with those that are its own, or nobody's. To be
 * called before serving.
 */
public final class ReconcileRuns {
    private static final System.Logger LOG = System.getLogger(ReconcileRuns.class.getName());

    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Runs runs;
    private final Attempts attempts;
    private final RunConclusion conclusion;
    private final TurnProcesses processes;
    private final RunDispatcher dispatcher;
    private final Patience.Rest rest;
    private final UntilDone untilDone;
    private final RunOwnership ownership;
    private final Clock clock;

    public ReconcileRuns(
            Runs runs,
            Attempts attempts,
            RunConclusion conclusion,
            TurnProcesses processes,
            RunDispatcher dispatcher,
            BackgroundTasks background,
            RunOwnership ownership,
            Clock clock) {
        this.runs = Objects.requireNonNull(runs);
        this.attempts = Objects.requireNonNull(attempts);
        this.conclusion = Objects.requireNonNull(conclusion);
        this.processes = Objects.requireNonNull(processes);
        this.dispatcher = Objects.requireNonNull(dispatcher);
        this.rest = background.bell()::await;
        this.untilDone = new UntilDone(background, RETRY);
        this.ownership = Objects.requireNonNull(ownership);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Carries on with every running run that no other server has a good claim on. A run whose process works, or ended while nobody looked, is marked as picked
     * up; one whose process was never started simply starts; queued runs stay queued; one whose record can't be read is
     * ended. None of them keeps another from being carried on with. Waits up to a minute for a store that can't be looked at.
     *
     * @return how many runs it carries on with
     * @throws skillrunner.application.storage.UnavailableException if the store can't be looked at
     */
    public int reconcile() {
        Set<RunId> damaged = new HashSet<>();
        for (Run run :
                Patience.with(RetryPolicy.START, rest, () -> runs.mendUnfinished(ownership.claim(), clock.instant()))) {
            LOG.log(System.Logger.Level.ERROR, "run run_id={0} has a stored record that cannot be read", run.id());
            damaged.add(run.id());
            dispatcher.end(run, MendingPolicy.UNREADABLE);
        }
        List<Run> working = Patience.with(RetryPolicy.START, rest, () -> runs.inStatus(RunStatus.RUNNING));
        int carriedOn = damaged.size();
        for (Run run : working) {
            if (!damaged.contains(run.id()) && isTakenUp(run)) {
                carriedOn++;
            }
        }
        for (Run run : Patience.with(RetryPolicy.START, rest, () -> runs.inStatus(RunStatus.WAITING_USER))) {
            if (!run.keepsEngine()) {
                foundWaiting(run);
            } else if (!damaged.contains(run.id()) && isTakenUp(run)) {
                carriedOn++;
            }
        }
        return carriedOn;
    }

    /** A question needs nobody who works on it, but an engine that can be asked to go on. */
    private void foundWaiting(Run run) {
        if (ownership.claimOn(run) == ClaimPolicy.Claim.FOREIGN) {
            return;
        }
        untilDone.carryOut("waiting-" + run.id(), () -> {
            Instant now = clock.instant();
            boolean resumable = attempts.find(run.id(), run.attempt())
                    .flatMap(Attempt::session)
                    .isPresent();
            RunChange change = resumable ? run.foundWaiting(now) : run.unresumable(now);
            if (runs.save(change) && change.after().status().isTerminal()) {
                conclusion.recordEnd(change.after());
            }
            LOG.log(System.Logger.Level.INFO, "run {0} found after restart", change);
        });
    }

    private boolean isTakenUp(Run run) {
        switch (ownership.claimOn(run)) {
            case OWN -> carryOn(run);
            case FREE -> takeOver(run);
            case FOREIGN -> {
                LOG.log(System.Logger.Level.INFO, "run run_id={0} is left to its owner {1}", run.id(), run.lease());
                return false;
            }
        }
        return true;
    }

    /** A run must not be forgotten because the disk is full now, nor be carried on with before nobody else can. */
    private void takeOver(Run run) {
        untilDone.carryOut("claim-" + run.id(), () -> runs.takeOver(run.id(), ownership.claim(), clock.instant())
                .ifPresent(this::carryOn));
    }

    /** Whatever is wrong with one run is that run's matter: its execution meets it again, and ends it if it must. */
    private void carryOn(Run run) {
        try {
            dispatcher.resume(pickedUp(run));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "run run_id=" + run.id() + " could not be looked at yet", e);
            dispatcher.resume(run);
        }
    }

    private Run pickedUp(Run run) {
        AgentProcesses.State state = processes.state(run);
        LOG.log(
                System.Logger.Level.INFO,
                "run run_id={0} attempt={1} found after restart: process {2}",
                run.id(),
                run.attempt(),
                state.getClass().getSimpleName());
        Run now = run;
        boolean found = run.keepsEngine()
                ? state instanceof AgentProcesses.State.Running
                : state instanceof AgentProcesses.State.Running || state instanceof AgentProcesses.State.Exited;
        if (found) {
            RunChange reattached =
                    run.keepsEngine() ? run.foundWaiting(clock.instant()) : run.reattached(clock.instant());
            // Once somebody has asked for its end, a run takes no other change; the mark is not worth more.
            now = runs.save(reattached)
                    ? reattached.after()
                    : runs.find(run.id()).orElse(run);
        }
        return now;
    }
}
