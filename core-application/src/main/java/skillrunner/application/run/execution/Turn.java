package skillrunner.application.run.execution;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.output.Written;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.run.process.EngineUnavailableException;
import skillrunner.application.run.turn.TurnContinuation;
import skillrunner.application.run.turn.TurnPreparation;
import skillrunner.application.run.turn.TurnRefusedException;
import skillrunner.application.time.Countdown;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.KeptWaitPolicy;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.StopPolicy;
import skillrunner.domain.run.TurnEnd;
import skillrunner.domain.run.Verdict;
import skillrunner.domain.run.VerdictPolicy;

/**
 * One attempt of a run, stepped on from its preparation to its verdict: looks at its rows, the records of its process and the
 * time, and has its parts do the next thing. Used by one thread; blocks while it ends a process.
 */
final class Turn implements Stage {
    private static final System.Logger LOG = System.getLogger(Turn.class.getName());

    /** So long is read in one go, so that a flood of output can't keep a wish to end the run waiting. */
    private static final Duration PASS = Duration.ofMillis(200);

    private final HeldAttempt held;
    private final TurnBeginning beginning;
    private final TurnProcess process;
    private final TurnOutput output;
    private final TurnStop stop;
    private final TurnStall stall;
    private final TurnPause pause;
    private final TurnEnding ending;
    private final TurnTime time;
    private final RunSetbacks setbacks;
    private boolean begun;

    Turn(HeldAttempt held, TurnOutput output, TurnStall stall, TurnPause pause, TurnEnding ending, TurnTime time) {
        this.held = Objects.requireNonNull(held);
        this.beginning = held.beginning();
        this.process = held.process();
        this.output = Objects.requireNonNull(output);
        this.stop = held.stop();
        this.stall = Objects.requireNonNull(stall);
        this.pause = Objects.requireNonNull(pause);
        this.ending = Objects.requireNonNull(ending);
        this.time = Objects.requireNonNull(time);
        this.setbacks = held.setbacks();
    }

    @Override
    public Next next(Run run, Optional<RunRequest> request) {
        AgentProcesses.State state = process.look();
        // What an earlier server has begun and told is not begun again.
        begun = begun || (run.goesOnWithEngine() && process.attempt().isPresent() && process.isTold());
        if (run.goesOnWithEngine()
                && !begun
                && !run.cancelRequested()
                && setbacks.fault().isEmpty()) {
            return goOn(run, request.orElseThrow(), state instanceof AgentProcesses.State.Running);
        }
        if (state instanceof AgentProcesses.State.NotStarted && !run.goesOnWithEngine()) {
            return beforeStart(run, request);
        }
        if (process.attempt().isEmpty() && (begun || !run.goesOnWithEngine())) {
            setbacks.missing("The record of the attempt is missing");
        }
        boolean works = state instanceof AgentProcesses.State.Running;
        Optional<RunFailureCode> reason = stop.reason(run, works, works && hasClosed(request), setbacks.fault());
        if (works && reason.isEmpty()) {
            return follow(request.orElseThrow());
        }
        if (works) {
            Optional<Duration> pause = stop.end(reason.get());
            if (pause.isPresent()) {
                return new Next.Later(setbacks.waitFor(pause.get()));
            }
            if (!stop.isGivenUp()) {
                return new Next.Again();
            }
        }
        return afterEnd(run, request, state);
    }

    @Override
    public HeldAttempt held() {
        return held;
    }

    @Override
    public void abandonLongSteps() {
        beginning.abandon();
        pause.abandon();
        stop.abandon();
        ending.abandon();
    }

    @Override
    public void startOver() {
        beginning.startOver();
        pause.startOver();
        ending.startOver();
    }

    @Override
    public void close() {
        abandonLongSteps();
        output.close();
        stall.close();
    }

    private Next beforeStart(Run run, Optional<RunRequest> request) {
        Optional<Verdict> known =
                VerdictPolicy.withoutAnswer(TurnEnd.beforeStart(run.cancelRequested(), setbacks.fault()));
        if (known.isPresent()) {
            return new Next.Over(known.get());
        }
        RunRequest asked = request.orElseThrow();
        int seconds = time.hardTimeoutSeconds(asked);
        Countdown limit = time.hard(seconds);
        Optional<TurnBeginning.Outcome> outcome = beginning.next(run, asked);
        if (outcome.isEmpty()) {
            return limit.isOver()
                    ? failed(StopPolicy.failure(RunFailureCode.TIMEOUT, seconds))
                    : new Next.Later(time.untilNextLook(limit));
        }
        return outcome.get() instanceof TurnBeginning.Outcome.Refused refused
                ? failed(refused.failure())
                : start(((TurnBeginning.Outcome.Ready) outcome.get()).prepared());
    }

    private Next start(TurnPreparation.Prepared prepared) {
        try {
            process.start(prepared);
            return new Next.Again();
        } catch (EngineUnavailableException e) {
            return failed(new RunFailure(RunFailureCode.ENGINE_UNAVAILABLE, String.valueOf(e.getMessage())));
        }
    }

    /**
     * Whether an engine that keeps running has closed its turn, though its time is over now: if no server was there meanwhile, nobody
     * could tell it that nothing more comes. One that does not keep running has ended by itself then.
     */
    private boolean hasClosed(Optional<RunRequest> request) {
        Optional<Attempt> attempt = process.attempt().filter(Attempt::keepsEngine);
        if (attempt.isEmpty() || request.isEmpty() || !time.hard(attempt.get()).isOver()) {
            return false;
        }
        boolean more = !pause.isUnderWay();
        while (more) {
            more = output.readNew(request.get(), output.written(), time.countdown(PASS));
        }
        return output.closed().isPresent() && !time.closing(attempt).isOver();
    }

    /** An engine that kept running is told what the turn goes on with; one that did not wait for it can't be. */
    private Next goOn(Run run, RunRequest request, boolean works) {
        if (!works && !process.isTold()) {
            setbacks.faulted(KeptWaitPolicy.LOST);
            return new Next.Again();
        }
        Countdown limit = time.hard(time.hardTimeoutSeconds(request));
        try {
            Optional<TurnContinuation.Continued> continued = beginning.goOn(run, request);
            if (continued.isEmpty()) {
                return new Next.Later(time.untilNextLook(limit));
            }
            process.goOn(continued.get());
            begun = true;
        } catch (TurnRefusedException e) {
            setbacks.faulted(e.failure());
        }
        return new Next.Again();
    }

    private Next follow(RunRequest request) {
        output.follow();
        Written written = stop.written();
        stall.look(written);
        if (!pause.isUnderWay()) {
            boolean more = output.readNew(request, written, time.countdown(PASS));
            output.session().ifPresent(process::inSession);
            if (more) {
                return new Next.Later(Duration.ZERO);
            }
        }
        Optional<Verdict> question = pause.next(process.attempt().orElseThrow(), request);
        if (question.isPresent()) {
            stall.close();
            return new Next.Over(question.get());
        }
        Countdown limit = time.hard(process.attempt().orElseThrow());
        // Only an engine that has closed its turn may still be there then.
        return new Next.Later(time.untilNextLook(limit.isOver() ? time.closing(process.attempt()) : limit));
    }

    private Next afterEnd(Run run, Optional<RunRequest> request, AgentProcesses.State state) {
        Countdown limit = time.closing(process.attempt());
        stall.close();
        process.sweep();
        if (state instanceof AgentProcesses.State.Unrecorded) {
            setbacks.missing(
                    "The server's records of the run were removed or replaced while it worked; how it ended can't be told");
        }
        Optional<Integer> exitCode =
                state instanceof AgentProcesses.State.Exited exited ? Optional.of(exited.exitCode()) : Optional.empty();
        Optional<Attempt> attempt = process.attempt();
        if (attempt.isPresent() && attempt.get().receipt().isEmpty()) {
            Optional<Duration> pause = prove(run, attempt.get(), exitCode, limit);
            if (pause.isPresent()) {
                return new Next.Later(pause.get());
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
        Countdown patience =
                attempt.isPresent() && (verdict.isPresent() || end.stopReason().isPresent())
                        ? ending.patience(attempt.get(), limit, time)
                        : limit;
        if (verdict.isPresent()
                && attempt.isPresent()
                && !ending.isRestTold(attempt.get(), request)
                && !patience.isOver()) {
            return new Next.Later(time.untilNextLook(patience));
        }
        if (verdict.isEmpty()) {
            verdict = ending.verdict(attempt.orElseThrow(), end, request.orElseThrow());
        }
        if (verdict.isEmpty() && patience.isOver()) {
            verdict = Optional.of(
                    new Verdict.Failed(StopPolicy.failure(RunFailureCode.TIMEOUT, end.hardTimeoutSeconds())));
        }
        if (verdict.isPresent()) {
            output.session().ifPresent(process::inSession);
        }
        return verdict.isPresent()
                ? new Next.Over(ending.withStderr(verdict.get()))
                : new Next.Later(time.untilNextLook(patience));
    }

    /** Stores the receipt. @return the pause while the digests are made; empty once the receipt is stored, or if it is done without */
    private Optional<Duration> prove(Run run, Attempt attempt, Optional<Integer> exitCode, Countdown limit) {
        Optional<RunReceipt> receipt = ending.receipt(exitCode);
        if (receipt.isPresent()) {
            // What was left is measured now; before the receipt is there, it may still be a reason.
            stop.reason(run, false, false, setbacks.fault());
            process.proven(receipt.get(), time.now());
            return Optional.empty();
        }
        if (!limit.isOver()) {
            return Optional.of(time.untilNextLook(limit));
        }
        LOG.log(System.Logger.Level.ERROR, "run run_id={0} has output that has no end; no receipt", run.id());
        process.decideToStop(RunFailureCode.TIMEOUT);
        setbacks.faulted(StopPolicy.failure(RunFailureCode.TIMEOUT, attempt.hardTimeoutSeconds()));
        return Optional.empty();
    }

    private static Next failed(RunFailure failure) {
        return new Next.Over(new Verdict.Failed(failure));
    }
}
