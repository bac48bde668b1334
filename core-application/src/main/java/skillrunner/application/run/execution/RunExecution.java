package skillrunner.application.run.execution;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.background.Errand;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.run.process.AttemptFiles;
import skillrunner.application.run.process.AttemptProcess;
import skillrunner.application.run.process.EngineUnavailableException;
import skillrunner.application.run.turn.TurnPreparation;
import skillrunner.application.run.turn.TurnRefusedException;
import skillrunner.application.storage.StorageFullException;
import skillrunner.application.storage.UnavailableException;
import skillrunner.application.time.Countdown;
import skillrunner.domain.run.AgentProcess;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.EndingPolicy;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.PreparationPolicy;
import skillrunner.domain.run.RetryPolicy;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.StopPolicy;
import skillrunner.domain.run.TimeLeft;
import skillrunner.domain.run.Verdict;

/**
 * Carries one attempt of a run from its slot to its end. Each {@link #step} looks at what is durable (the run's row, the
 * attempt's row, the process's records) and at the time, and does the next thing; so a step can be repeated, and a new
 * server continues an old one's work by stepping on. What may take long is an errand on another thread, so that a wish to
 * end the run and its hard timeout are always met. Used by one thread; blocks while it ends a process.
 */
public final class RunExecution implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RunExecution.class.getName());

    /** So long at least may the output be proven and judged, even if the hard timeout passes meanwhile. */
    private static final Duration CLOSING = Duration.ofSeconds(60);

    private static final RunFailure INTERNAL =
            new RunFailure(RunFailureCode.INTERNAL_ERROR, "The server failed while it ran the skill");

    private final RunExecutions shared;
    private final AttemptFiles files;
    private final String marker;
    private final TurnOutput output;
    private final long shortagesBefore;

    private Run run;
    private Optional<RunRequest> request = Optional.empty();
    private @Nullable Attempt attempt;
    private @Nullable Countdown hardTimeout;
    private @Nullable Countdown closing;
    private @Nullable Errand<TurnPreparation.Prepared> preparing;
    private @Nullable Errand<RunReceipt> proving;
    private @Nullable Errand<Verdict> judging;

    /** Set when this server can't go on with the run; wins over whatever the engine answered. */
    private @Nullable RunFailure fault;

    private boolean mayHaveStarted;
    private int preparationStarts;
    private boolean swept;
    private boolean concluding;
    private @Nullable Countdown retry;
    private int missedLooks;
    private int failedStops;
    private int failedEnds;
    private boolean ended;

    RunExecution(RunExecutions shared, Run run, boolean resumed, Optional<RunFailure> fault) {
        this.shared = shared;
        this.run = run;
        this.files = shared.workspaces.attemptFiles(run.id(), run.attempt());
        this.marker = TurnPreparation.marker(run);
        this.output = new TurnOutput(shared, run, files);
        this.shortagesBefore = shared.reserve.shortages();
        this.mayHaveStarted = resumed;
        // Whoever took the run from the queue counted the first start with it.
        this.preparationStarts = resumed ? 0 : 1;
        this.fault = fault.orElse(null);
    }

    /**
     * Does what can be done now. Never throws: a fault fails the run, and what can't even be stored is tried again.
     *
     * @return how long to wait before the next step, unless something wakes the run; empty once it has ended
     */
    public Optional<Duration> step() {
        if (retry != null && !retry.isOver()) {
            // Woken by the files that its own tries leave, or by an engine that writes: waiting is what was decided.
            return Optional.of(retry.left());
        }
        retry = null;
        try {
            while (!ended) {
                Optional<Duration> pause = advance();
                missedLooks = 0;
                if (pause.isPresent()) {
                    return pause;
                }
            }
            return Optional.empty();
        } catch (UnavailableException | UncheckedIOException e) {
            return missedLook(e);
        } catch (StorageFullException e) {
            shared.reserve.release();
            return failed(new RunFailure(RunFailureCode.STORAGE_FULL, "The disk is full"), e);
        } catch (OutOfMemoryError e) {
            return failed(new RunFailure(RunFailureCode.INTERNAL_ERROR, "The run needed more memory than there is"), e);
        } catch (StackOverflowError e) {
            return failed(new RunFailure(RunFailureCode.INTERNAL_ERROR, "The run was nested too deeply"), e);
        } catch (Throwable e) {
            return failed(INTERNAL, e);
        }
    }

    /**
     * Tells whether the run still stands in the way of others.
     *
     * @return false once it is given up that it ends soon, although it is tried on
     */
    public boolean holdsSlot() {
        return EndingPolicy.after(failedEnds).holdsSlot();
    }

    @Override
    public void close() {
        abandonErrands();
        output.close();
    }

    /** One thing at a time; an absent pause means: look again at once. */
    private Optional<Duration> advance() {
        Optional<Run> stored = shared.runs.find(run.id());
        if (stored.isEmpty()
                || stored.get().fence() != run.fence()
                || stored.get().status() != run.status()) {
            LOG.log(System.Logger.Level.WARNING, "run run_id={0} was taken over or removed; letting go", run.id());
            releaseIfOver(run, stored);
            ended = true;
            return Optional.empty();
        }
        run = stored.get();
        if (!EndingPolicy.after(failedEnds).withFiles()) {
            endInDatabase();
            return Optional.empty();
        }
        if (request.isEmpty()) {
            request = shared.runs.findRequest(run.requestId());
            if (request.isEmpty() && fault == null) {
                fault = new RunFailure(RunFailureCode.INTERNAL_ERROR, "The record of the request is missing");
            }
        }
        if (mayHaveStarted && attempt == null) {
            attempt = shared.attempts.find(run.id(), run.attempt()).orElse(null);
            if (attempt != null && attempt.process().isEmpty()) {
                remember(shared.processes.find(files, marker));
            }
        }
        AgentProcesses.State state =
                mayHaveStarted ? shared.processes.state(process()) : new AgentProcesses.State.NotStarted();
        if (state instanceof AgentProcesses.State.NotStarted) {
            return beforeStart();
        }
        if (attempt == null && fault == null) {
            fault = new RunFailure(RunFailureCode.INTERNAL_ERROR, "The record of the attempt is missing");
        }
        noticeFullDisk();
        if (state instanceof AgentProcesses.State.Running) {
            Optional<Duration> pause = whileRunning();
            if (pause.isPresent() || failedStops == 0) {
                return pause;
            }
        }
        return afterEnd(state);
    }

    private Optional<Duration> beforeStart() {
        if (run.cancelRequested()) {
            return conclude(new Verdict.Canceled());
        }
        if (fault != null) {
            return conclude(new Verdict.Failed(fault));
        }
        RunRequest asked = request.orElseThrow();
        if (preparing == null) {
            hardTimeout(asked);
            if (preparationStarts == 0) {
                preparationStarts = shared.runs.countPreparation(run.id());
            }
            if (PreparationPolicy.refuses(preparationStarts)) {
                return conclude(new Verdict.Failed(new RunFailure(
                        RunFailureCode.PREPARATION_FAILED,
                        "The server died " + (preparationStarts - 1) + " times while it prepared the run")));
            }
            Run beginning = run;
            preparing = shared.errands.start("prepare-" + run.id(), () -> prepared(beginning, asked), run.id());
        }
        Countdown timeout = hardTimeout(asked);
        try {
            Optional<TurnPreparation.Prepared> prepared = preparing.result();
            if (prepared.isPresent()) {
                start(prepared.get());
                return Optional.empty();
            }
            if (timeout.isOver()) {
                return conclude(new Verdict.Failed(
                        StopPolicy.failure(RunFailureCode.TIMEOUT, shared.preparation.hardTimeoutSeconds(asked))));
            }
            return Optional.of(timeout.atMost(shared.settings.poll()));
        } catch (TurnRefusedException e) {
            return conclude(new Verdict.Failed(e.failure()));
        } catch (EngineUnavailableException e) {
            return conclude(new Verdict.Failed(
                    new RunFailure(RunFailureCode.ENGINE_UNAVAILABLE, String.valueOf(e.getMessage()))));
        } catch (UnavailableException | UncheckedIOException e) {
            // The errand is over; the next look starts another.
            preparing = null;
            throw e;
        }
    }

    /** A preparation that failed, or was given up and came to its end after the run's, would hold a version for ever. */
    private TurnPreparation.Prepared prepared(Run beginning, RunRequest asked) {
        boolean needed = false;
        try {
            TurnPreparation.Prepared prepared = shared.preparation.prepare(beginning, asked);
            needed = !isOver(shared.runs.find(beginning.id()));
            return prepared;
        } finally {
            if (!needed) {
                shared.preparation.release(beginning);
            }
        }
    }

    private void releaseIfOver(Run working, Optional<Run> stored) {
        if (isOver(stored)) {
            shared.preparation.release(working);
        }
    }

    private static boolean isOver(Optional<Run> stored) {
        return stored.filter(present -> !present.status().isTerminal()).isEmpty();
    }

    private void start(TurnPreparation.Prepared prepared) {
        attempt = prepared.attempt();
        shared.attempts.save(prepared.attempt());
        // From here on a process may exist, whatever becomes of the call.
        mayHaveStarted = true;
        remember(shared.processes.launch(prepared.order()));
        LOG.log(System.Logger.Level.INFO, "run run_id={0} attempt={1} launched", run.id(), run.attempt());
    }

    /** Stored before anything else happens: from then on no file has to be asked who is to be followed and ended. */
    private void remember(Optional<AgentProcess> started) {
        if (attempt != null && started.isPresent()) {
            Attempt known = attempt.runBy(started.get());
            shared.attempts.save(known);
            attempt = known;
        }
    }

    private AttemptProcess process() {
        return new AttemptProcess(files, marker, Optional.ofNullable(attempt).flatMap(Attempt::process));
    }

    private Countdown hardTimeout(RunRequest asked) {
        if (hardTimeout == null) {
            hardTimeout = Countdown.of(shared.time, Duration.ofSeconds(shared.preparation.hardTimeoutSeconds(asked)));
        }
        return hardTimeout;
    }

    private Countdown hardTimeout(Attempt working) {
        if (hardTimeout == null) {
            hardTimeout = Countdown.of(
                    shared.time,
                    TimeLeft.afterRestart(
                            Duration.ofSeconds(working.hardTimeoutSeconds()),
                            working.hardDeadline(),
                            shared.clock.instant()));
        }
        return hardTimeout;
    }

    /** Whoever worked while the disk was full may have lost bytes; that is remembered where a restart finds it. */
    private void noticeFullDisk() {
        if (fault != null || attempt == null || attempt.receipt().isPresent()) {
            return;
        }
        if (shared.reserve.exhausted() || shared.reserve.shortages() != shortagesBefore) {
            shared.reserve.release();
            decideToStop(RunFailureCode.STORAGE_FULL);
        }
    }

    private void decideToStop(RunFailureCode reason) {
        if (attempt != null && attempt.stopReason().isEmpty()) {
            Attempt stopping = attempt.stopping(reason);
            shared.attempts.save(stopping);
            attempt = stopping;
        }
    }

    /** @return the pause; empty if the processes were ended or could not be */
    private Optional<Duration> whileRunning() {
        boolean overdue = attempt != null && hardTimeout(attempt).isOver();
        Optional<RunFailureCode> reason = StopPolicy.reason(
                run.cancelRequested(),
                Optional.ofNullable(fault),
                overdue,
                Optional.ofNullable(attempt).flatMap(Attempt::stopReason));
        if (reason.isPresent()) {
            return stop(reason.get());
        }
        output.follow();
        if (output.readNew(request.orElseThrow())) {
            return Optional.of(Duration.ZERO);
        }
        return Optional.of(
                hardTimeout(Optional.ofNullable(attempt).orElseThrow()).atMost(shared.settings.poll()));
    }

    private Optional<Duration> stop(RunFailureCode reason) {
        decideToStop(reason);
        LOG.log(System.Logger.Level.INFO, "run run_id={0} is being stopped: {1}", run.id(), reason);
        int left = shared.processes.stop(process());
        if (left == 0) {
            failedStops = 0;
            return Optional.empty();
        }
        failedStops++;
        Optional<Duration> pause = RetryPolicy.STOP.pauseAfter(failedStops);
        LOG.log(
                System.Logger.Level.ERROR,
                "run run_id={0}: {1} processes could not be ended{2}",
                run.id(),
                left,
                pause.isPresent() ? "; trying again" : ", which is given up");
        return pause.map(this::waiting);
    }

    private Optional<Duration> afterEnd(AgentProcesses.State state) {
        if (closing == null) {
            Countdown least = Countdown.of(shared.time, CLOSING);
            Countdown whole = attempt == null ? least : hardTimeout(attempt);
            closing = whole.left().compareTo(least.left()) > 0 ? whole : least;
        }
        if (!swept) {
            int left = shared.processes.sweep(process());
            // Only now: what was left behind would go on writing behind the receipt.
            swept = true;
            if (left > 0) {
                LOG.log(System.Logger.Level.ERROR, "run run_id={0}: {1} processes left behind", run.id(), left);
            }
        }
        Optional<Integer> exitCode =
                state instanceof AgentProcesses.State.Exited exited ? Optional.of(exited.exitCode()) : Optional.empty();
        if (attempt != null && attempt.receipt().isEmpty()) {
            Optional<Duration> pause = prove(attempt, exitCode, closing);
            if (pause.isPresent()) {
                return pause;
            }
        }
        if (run.cancelRequested()) {
            return conclude(new Verdict.Canceled());
        }
        if (fault != null) {
            return conclude(new Verdict.Failed(withStderr(fault)));
        }
        return judge(Optional.ofNullable(attempt).orElseThrow(), exitCode, closing);
    }

    /** @return the pause while the digests are made; empty once the receipt is stored, or if it is done without */
    private Optional<Duration> prove(Attempt working, Optional<Integer> exitCode, Countdown limit) {
        if (proving == null) {
            proving = shared.errands.start(
                    "prove-" + run.id(),
                    () -> new RunReceipt(
                            working.number(),
                            exitCode,
                            shared.output.receipt(run.id(), OutputStreamKind.STDOUT),
                            shared.output.receipt(run.id(), OutputStreamKind.STDERR)),
                    run.id());
        }
        Errand<RunReceipt> errand = proving;
        Optional<RunReceipt> receipt;
        try {
            receipt = errand.result();
        } catch (RuntimeException | Error e) {
            proving = null;
            throw e;
        }
        if (receipt.isEmpty()) {
            if (!limit.isOver()) {
                return Optional.of(limit.atMost(shared.settings.poll()));
            }
            LOG.log(System.Logger.Level.ERROR, "run run_id={0} has output that has no end; no receipt", run.id());
            decideToStop(RunFailureCode.TIMEOUT);
            fault = Optional.ofNullable(fault)
                    .orElse(StopPolicy.failure(RunFailureCode.TIMEOUT, working.hardTimeoutSeconds()));
            return Optional.empty();
        }
        Attempt proven = working.ended(receipt.get(), shared.clock.instant());
        shared.attempts.save(proven);
        attempt = proven;
        return Optional.empty();
    }

    private Optional<Duration> judge(Attempt working, Optional<Integer> exitCode, Countdown limit) {
        if (judging == null) {
            RunRequest asked = request.orElseThrow();
            RunReceipt receipt = working.receipt().orElseThrow();
            Optional<RunFailure> stopped =
                    working.stopReason().map(reason -> StopPolicy.failure(reason, working.hardTimeoutSeconds()));
            judging = shared.errands.start(
                    "judge-" + run.id(),
                    () -> shared.judge.judge(
                            run.id(), working.contract(), stopped, exitCode, output.outcome(asked, receipt)),
                    run.id());
        }
        Errand<Verdict> errand = judging;
        Optional<Verdict> verdict;
        try {
            verdict = errand.result();
        } catch (RuntimeException | Error e) {
            judging = null;
            throw e;
        }
        if (verdict.isPresent()) {
            return conclude(
                    verdict.get() instanceof Verdict.Failed failed
                            ? new Verdict.Failed(withStderr(failed.failure()))
                            : verdict.get());
        }
        if (limit.isOver()) {
            return conclude(new Verdict.Failed(
                    withStderr(StopPolicy.failure(RunFailureCode.TIMEOUT, working.hardTimeoutSeconds()))));
        }
        return Optional.of(limit.atMost(shared.settings.poll()));
    }

    private RunFailure withStderr(RunFailure failure) {
        return shared.output
                .tail(run.id(), OutputStreamKind.STDERR, RunFailure.MAX_STDERR)
                .map(tail -> failure.withStderr(tail.text()))
                .orElse(failure);
    }

    private Optional<Duration> conclude(Verdict verdict) {
        concluding = true;
        abandonErrands();
        Optional<Attempt> present = Optional.ofNullable(attempt);
        if (!shared.conclusion.conclude(run, request, verdict, present)) {
            Run stored = shared.runs.find(run.id()).orElse(run);
            if (stored.status().isTerminal() || !stored.cancelRequested() || stored.fence() != run.fence()) {
                LOG.log(System.Logger.Level.WARNING, "run run_id={0} was ended by somebody else", run.id());
            } else {
                run = stored;
                shared.conclusion.conclude(run, request, new Verdict.Canceled(), present);
            }
        }
        return over();
    }

    /** What has failed too often is left out: the processes were told to end as well as it goes, and the row says why. */
    private void endInDatabase() {
        abandonErrands();
        if (mayHaveStarted) {
            try {
                shared.processes.stop(process());
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "run run_id=" + run.id() + ": its processes can't be ended", e);
            }
        }
        boolean ends = shared.conclusion.concludeWithoutFiles(
                run,
                run.cancelRequested()
                        ? new Verdict.Canceled()
                        : new Verdict.Failed(Optional.ofNullable(fault).orElse(INTERNAL)));
        if (!ends) {
            // Somebody wished for its end meanwhile.
            shared.runs
                    .find(run.id())
                    .filter(stored -> stored.cancelRequested() && stored.fence() == run.fence())
                    .ifPresent(stored -> shared.conclusion.concludeWithoutFiles(stored, new Verdict.Canceled()));
        }
        over();
    }

    private Optional<Duration> over() {
        shared.preparation.release(run);
        ended = true;
        shared.reserve.restore();
        shared.signals.wake(run.id());
        return Optional.empty();
    }

    /** Nothing is tried before so much time has passed, whatever wakes the run meanwhile. */
    private Duration waiting(Duration pause) {
        retry = Countdown.of(shared.time, pause);
        return pause;
    }

    private void abandonErrands() {
        for (Errand<?> errand : new Errand<?>[] {preparing, proving, judging}) {
            if (errand != null) {
                errand.abandon();
            }
        }
    }

    /** Only what is known to be over is over: what could not be looked at now is looked at again, for a while. */
    private Optional<Duration> missedLook(RuntimeException e) {
        if (concluding) {
            // The verdict stands; what is missing is its record.
            LOG.log(System.Logger.Level.WARNING, "run run_id=" + run.id() + " can't be ended yet", e);
            return failedEnd();
        }
        missedLooks++;
        Optional<Duration> pause = RetryPolicy.LOOK.pauseAfter(missedLooks);
        if (pause.isEmpty() || fault != null) {
            return failed(INTERNAL, e);
        }
        if (hardTimeout != null && hardTimeout.isOver()) {
            return failed(new RunFailure(RunFailureCode.TIMEOUT, "The run exceeded its hard timeout"), e);
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "run run_id={0} waits, since {1}: {2}",
                run.id(),
                e.getMessage(),
                String.valueOf(e.getCause()));
        return hardTimeout == null
                ? pause.map(this::waiting)
                : pause.map(hardTimeout::atMost).map(this::waiting);
    }

    private Optional<Duration> failed(RunFailure failure, Throwable cause) {
        LOG.log(System.Logger.Level.ERROR, "run run_id=" + run.id() + " met a fault: " + failure.code(), cause);
        abandonErrands();
        preparing = null;
        proving = null;
        judging = null;
        // The parser may have seen only part of the bytes; it starts again with a fresh one.
        output.startAgain();
        if (fault == null) {
            fault = failure;
            return Optional.of(Duration.ZERO);
        }
        return failedEnd();
    }

    private Optional<Duration> failedEnd() {
        failedEnds++;
        EndingPolicy.Next next = EndingPolicy.after(failedEnds);
        if (!next.holdsSlot()) {
            LOG.log(System.Logger.Level.ERROR, "run run_id={0} can't be ended; its slot is given free", run.id());
        }
        return Optional.of(waiting(next.pause()));
    }
}
