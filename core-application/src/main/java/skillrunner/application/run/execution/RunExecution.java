package skillrunner.application.run.execution;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.RunSettings;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.Runs;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.run.process.EngineUnavailableException;
import skillrunner.application.run.result.RunConclusion;
import skillrunner.application.run.turn.TurnPreparation;
import skillrunner.application.storage.DiskReserve;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.application.storage.StorageFullException;
import skillrunner.application.storage.UnavailableException;
import skillrunner.application.time.Countdown;
import skillrunner.application.time.MonotonicClock;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.RetryPolicy;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.Setbacks;
import skillrunner.domain.run.StopPolicy;
import skillrunner.domain.run.TurnEnd;
import skillrunner.domain.run.Verdict;
import skillrunner.domain.run.VerdictPolicy;

/**
 * Carries one attempt of a run from its slot to its end. Each {@link #step} looks at what is durable (the run's row, the
 * attempt's row, the process's records) and at the time, and does the next thing; so a step can be repeated, and a new
 * server continues an old one's work by stepping on. What is to be done is decided by the policies of the domain. Used by one
 * thread; blocks while it ends a process.
 */
public final class RunExecution implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RunExecution.class.getName());

    private static final RunFailure INTERNAL =
            new RunFailure(RunFailureCode.INTERNAL_ERROR, "The server failed while it ran the skill");

    private static final RunFailure IN_THE_WAY = new RunFailure(
            RunFailureCode.INTERNAL_ERROR,
            "Something else stands where a folder of the run should be; the server's operator has to remove it");

    /** What an execution does its work with; one set for each. */
    record Tools(
            Runs runs,
            TurnBeginning beginning,
            TurnProcess process,
            TurnOutput output,
            TurnUsage usage,
            TurnEnding ending,
            RunConclusion conclusion,
            DiskReserve reserve,
            RunSignals signals,
            Clock clock,
            MonotonicClock monotonic,
            RunSettings settings) {}

    private final Runs runs;
    private final TurnBeginning beginning;
    private final TurnProcess process;
    private final TurnOutput output;
    private final TurnUsage usage;
    private final TurnEnding ending;
    private final RunConclusion conclusion;
    private final DiskReserve reserve;
    private final RunSignals signals;
    private final Clock clock;
    private final MonotonicClock monotonic;
    private final RunSettings settings;
    private final TurnTime time;
    private final long shortagesBefore;

    private Run run;
    private Optional<RunRequest> request = Optional.empty();
    private Setbacks setbacks;
    private @Nullable Countdown waiting;
    private int failedStops;
    private boolean ended;

    RunExecution(Tools tools, Run run, Optional<RunFailure> fault) {
        this.runs = tools.runs();
        this.beginning = tools.beginning();
        this.process = tools.process();
        this.output = tools.output();
        this.usage = tools.usage();
        this.ending = tools.ending();
        this.conclusion = tools.conclusion();
        this.reserve = tools.reserve();
        this.signals = tools.signals();
        this.clock = tools.clock();
        this.monotonic = tools.monotonic();
        this.settings = tools.settings();
        this.time = new TurnTime(monotonic, clock);
        this.shortagesBefore = reserve.shortages();
        this.run = Objects.requireNonNull(run);
        this.setbacks = fault.map(Setbacks.NONE::faulted).orElse(Setbacks.NONE);
    }

    /**
     * Does what can be done now. Never throws: a fault fails the run, and what can't even be stored is tried again.
     *
     * @return how long to wait before the next step, unless something wakes the run; empty once it has ended
     */
    public Optional<Duration> step() {
        if (waiting != null && !waiting.isOver()) {
            // Woken by the files that its own tries leave, or by an engine that writes: waiting is what was decided.
            return Optional.of(waiting.left());
        }
        waiting = null;
        try {
            while (!ended) {
                Optional<Duration> pause = advance();
                setbacks = setbacks.looked();
                if (pause.isPresent()) {
                    return pause;
                }
            }
            return Optional.empty();
        } catch (UnavailableException | UncheckedIOException e) {
            if (e instanceof StorageFaultException fault && fault.isLasting()) {
                return after(setbacks.failedForGood(IN_THE_WAY), e);
            }
            Optional<RunFailure> overdue = time.isOver()
                    ? Optional.of(new RunFailure(RunFailureCode.TIMEOUT, "The run exceeded its hard timeout"))
                    : Optional.empty();
            return after(setbacks.missedLook(overdue, INTERNAL), e);
        } catch (StorageFullException e) {
            reserve.release();
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
        return setbacks.ending().holdsSlot();
    }

    @Override
    public void close() {
        abandonLongSteps();
        output.close();
    }

    /** One thing at a time; an absent pause means: look again at once. */
    private Optional<Duration> advance() {
        Optional<Run> stored = runs.find(run.id());
        if (stored.isEmpty()
                || stored.get().fence() != run.fence()
                || stored.get().status() != run.status()) {
            LOG.log(System.Logger.Level.WARNING, "run run_id={0} was taken over or removed; letting go", run.id());
            beginning.releaseIfOver(run, stored);
            ended = true;
            return Optional.empty();
        }
        run = stored.get();
        if (!setbacks.ending().withFiles()) {
            return endInDatabase();
        }
        if (request.isEmpty()) {
            request = runs.findRequest(run.requestId());
            if (request.isEmpty()) {
                missing("The record of the request is missing");
            }
        }
        AgentProcesses.State state = process.look();
        if (state instanceof AgentProcesses.State.NotStarted) {
            return beforeStart();
        }
        if (process.attempt().isEmpty()) {
            missing("The record of the attempt is missing");
        }
        boolean works = state instanceof AgentProcesses.State.Running;
        Optional<RunFailureCode> stopReason = stopReason(works);
        if (works) {
            Optional<Duration> pause = stopReason.isPresent() ? stop(stopReason.get()) : follow();
            if (pause.isPresent() || failedStops == 0) {
                return pause;
            }
        }
        return afterEnd(state);
    }

    private void missing(String record) {
        setbacks = setbacks.faulted(new RunFailure(RunFailureCode.INTERNAL_ERROR, record));
    }

    private Optional<Duration> beforeStart() {
        Optional<Verdict> known =
                VerdictPolicy.withoutAnswer(TurnEnd.beforeStart(run.cancelRequested(), setbacks.fault()));
        if (known.isPresent()) {
            return conclude(known.get());
        }
        RunRequest asked = request.orElseThrow();
        int seconds = settings.hardTimeoutSeconds(asked);
        Countdown limit = time.hard(seconds);
        Optional<TurnBeginning.Outcome> outcome = beginning.next(run, asked);
        if (outcome.isEmpty()) {
            return limit.isOver()
                    ? conclude(new Verdict.Failed(StopPolicy.failure(RunFailureCode.TIMEOUT, seconds)))
                    : Optional.of(limit.atMost(settings.poll()));
        }
        if (outcome.get() instanceof TurnBeginning.Outcome.Refused refused) {
            return conclude(new Verdict.Failed(refused.failure()));
        }
        return start(((TurnBeginning.Outcome.Ready) outcome.get()).prepared());
    }

    private Optional<Duration> start(TurnPreparation.Prepared prepared) {
        try {
            process.start(prepared);
            return Optional.empty();
        } catch (EngineUnavailableException e) {
            return conclude(new Verdict.Failed(
                    new RunFailure(RunFailureCode.ENGINE_UNAVAILABLE, String.valueOf(e.getMessage()))));
        }
    }

    /** Whoever worked while the disk was full may have lost bytes; that is remembered where a restart finds it. */
    private Optional<RunFailureCode> stopReason(boolean works) {
        Optional<Attempt> attempt = process.attempt();
        boolean unproven = attempt.isPresent() && attempt.get().receipt().isEmpty();
        boolean diskWasFull = unproven && (reserve.exhausted() || reserve.shortages() != shortagesBefore);
        if (diskWasFull) {
            reserve.release();
        }
        Optional<RunFailureCode> reason = StopPolicy.reason(new StopPolicy.Facts(
                attempt.flatMap(Attempt::stopReason),
                works,
                run.cancelRequested(),
                setbacks.fault(),
                diskWasFull,
                unproven ? usage.breach(works) : Optional.empty(),
                works && attempt.filter(it -> time.hard(it).isOver()).isPresent()));
        reason.ifPresent(process::decideToStop);
        return reason;
    }

    private Optional<Duration> follow() {
        output.follow();
        if (output.readNew(request.orElseThrow())) {
            return Optional.of(Duration.ZERO);
        }
        return Optional.of(time.hard(process.attempt().orElseThrow()).atMost(settings.poll()));
    }

    /** Ends the processes. @return the pause; empty if they were ended or could not be */
    private Optional<Duration> stop(RunFailureCode reason) {
        LOG.log(System.Logger.Level.INFO, "run run_id={0} is being stopped: {1}", run.id(), reason);
        int left = StopPolicy.endsAtOnce(reason) ? process.kill() : process.stop();
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
        Countdown limit = time.closing(process.attempt());
        process.sweep();
        Optional<Integer> exitCode =
                state instanceof AgentProcesses.State.Exited exited ? Optional.of(exited.exitCode()) : Optional.empty();
        Optional<Attempt> attempt = process.attempt();
        if (attempt.isPresent() && attempt.get().receipt().isEmpty()) {
            Optional<Duration> pause = prove(attempt.get(), exitCode, limit);
            if (pause.isPresent()) {
                return pause;
            }
            attempt = process.attempt();
        }
        TurnEnd end = new TurnEnd(
                true,
                run.cancelRequested(),
                setbacks.fault(),
                attempt.flatMap(Attempt::stopReason),
                attempt.map(Attempt::hardTimeoutSeconds).orElse(0),
                exitCode);
        Optional<Verdict> verdict = VerdictPolicy.withoutAnswer(end);
        if (verdict.isEmpty()) {
            verdict = ending.verdict(attempt.orElseThrow(), end, request.orElseThrow());
        }
        if (verdict.isEmpty() && limit.isOver()) {
            verdict = Optional.of(
                    new Verdict.Failed(StopPolicy.failure(RunFailureCode.TIMEOUT, end.hardTimeoutSeconds())));
        }
        return verdict.isPresent()
                ? conclude(ending.withStderr(verdict.get()))
                : Optional.of(limit.atMost(settings.poll()));
    }

    /** Stores the receipt. @return the pause while the digests are made; empty once the receipt is stored, or if it is done without */
    private Optional<Duration> prove(Attempt attempt, Optional<Integer> exitCode, Countdown limit) {
        Optional<RunReceipt> receipt = ending.receipt(exitCode);
        if (receipt.isPresent()) {
            // What was left is measured now; before the receipt is there, it may still be a reason.
            stopReason(false);
            process.proven(receipt.get(), clock.instant());
            return Optional.empty();
        }
        if (!limit.isOver()) {
            return Optional.of(limit.atMost(settings.poll()));
        }
        LOG.log(System.Logger.Level.ERROR, "run run_id={0} has output that has no end; no receipt", run.id());
        process.decideToStop(RunFailureCode.TIMEOUT);
        setbacks = setbacks.faulted(StopPolicy.failure(RunFailureCode.TIMEOUT, attempt.hardTimeoutSeconds()));
        return Optional.empty();
    }

    private Optional<Duration> conclude(Verdict verdict) {
        setbacks = setbacks.judged();
        abandonLongSteps();
        conclusion.conclude(run, request, verdict, process.attempt());
        over();
        return Optional.empty();
    }

    /** What has failed too often is left out: the processes were told to end as well as it goes, and the row says why. */
    private Optional<Duration> endInDatabase() {
        abandonLongSteps();
        // Whoever sees the end believes that nothing works any more; after this nobody looks for it.
        if (process.mayHaveStarted() && !isStopped()) {
            failedStops++;
            Optional<Duration> pause = RetryPolicy.STOP.pauseAfter(failedStops);
            if (pause.isPresent()) {
                return pause.map(this::waiting);
            }
        }
        RunFailure fault = setbacks.fault().orElse(INTERNAL);
        Verdict verdict = VerdictPolicy.withoutAnswer(TurnEnd.beforeStart(run.cancelRequested(), Optional.of(fault)))
                .orElseThrow();
        conclusion.concludeWithoutFiles(run, verdict);
        over();
        return Optional.empty();
    }

    private boolean isStopped() {
        try {
            return process.stop() == 0;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "run run_id=" + run.id() + ": its processes can't be ended", e);
            return false;
        }
    }

    private void over() {
        beginning.release(run);
        ended = true;
        reserve.restore();
        signals.wake(run.id());
    }

    /** Nothing is tried before so much time has passed, whatever wakes the run meanwhile. */
    private Duration waiting(Duration pause) {
        waiting = Countdown.of(monotonic, pause);
        return pause;
    }

    private void abandonLongSteps() {
        beginning.abandon();
        usage.abandon();
        ending.abandon();
    }

    private Optional<Duration> failed(RunFailure failure, Throwable cause) {
        return after(setbacks.failed(failure), cause);
    }

    private Optional<Duration> after(Setbacks.Reaction reaction, Throwable cause) {
        setbacks = reaction.setbacks();
        switch (reaction.next()) {
            case LOOK_AGAIN -> {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "run run_id={0} waits, since {1}: {2}",
                        run.id(),
                        cause.getMessage(),
                        String.valueOf(cause.getCause()));
                return Optional.of(waiting(time.atMost(reaction.pause())));
            }
            case RECORD_AGAIN ->
                LOG.log(System.Logger.Level.WARNING, "run run_id=" + run.id() + " can't be ended yet", cause);
            case END -> {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "run run_id=" + run.id() + " met a fault: "
                                + setbacks.fault().orElse(INTERNAL).code(),
                        cause);
                beginning.startOver();
                ending.startOver();
            }
        }
        if (!setbacks.ending().holdsSlot()) {
            LOG.log(System.Logger.Level.ERROR, "run run_id={0} can't be ended; its slot is given free", run.id());
        }
        return Optional.of(waiting(reaction.pause()));
    }
}
