package skillrunner.application.run;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.EngineOutputParser;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.application.storage.StorageFullException;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.Verdict;

/**
 * Carries one attempt of a run from its slot to its end. Each {@link #step} looks at what is durable (the run's row, the
 * attempt's row, the process's records, the clock) and does the next thing; so a step can be repeated, and a new server
 * continues an old one's work by stepping on. Used by one thread; blocks while it ends a process.
 */
public final class RunExecution implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RunExecution.class.getName());
    private static final int RETRY_SECONDS = 2;

    private final RunExecutions shared;
    private final AttemptFiles files;
    private final String marker;
    private final int attemptNumber;

    private Run run;
    private @Nullable RunRequest request;
    private @Nullable Attempt attempt;
    private @Nullable OutputReader reader;
    private @Nullable EngineOutputParser parser;
    private @Nullable Subscription follower;

    /** Set when this server can't go on with the run; wins over whatever the engine answered. */
    private @Nullable RunFailure fault;

    private boolean mayHaveStarted;
    private boolean ended;

    RunExecution(RunExecutions shared, Run run, boolean resumed) {
        this.shared = shared;
        this.run = run;
        this.attemptNumber = run.attempt();
        this.files = shared.workspaces.attemptFiles(run.id(), run.attempt());
        this.marker = TurnPreparation.marker(run);
        this.mayHaveStarted = resumed;
    }

    /**
     * Does what can be done now. Never throws: a fault fails the run, and what can't even be stored is tried again.
     *
     * @return when to step again at the latest; empty once the run has ended
     */
    public Optional<Instant> step() {
        try {
            while (!ended) {
                Optional<Instant> pause = advance();
                if (pause.isPresent()) {
                    return pause;
                }
            }
            return Optional.empty();
        } catch (StorageFullException e) {
            return faulty(new RunFailure(RunFailureCode.STORAGE_FULL, "The disk is full"), e);
        } catch (RuntimeException e) {
            return faulty(new RunFailure(RunFailureCode.INTERNAL_ERROR, "The server failed while it ran the skill"), e);
        }
    }

    @Override
    public void close() {
        if (follower != null) {
            follower.close();
        }
    }

    /** One thing at a time; an absent pause means: look again at once. */
    private Optional<Instant> advance() {
        Optional<Run> stored = shared.runs.find(run.id());
        if (stored.isEmpty()
                || stored.get().fence() != run.fence()
                || stored.get().status() != run.status()) {
            LOG.log(System.Logger.Level.WARNING, "run run_id={0} was taken over or removed; letting go", run.id());
            ended = true;
            return Optional.empty();
        }
        run = stored.get();
        if (request == null) {
            request = shared.runs.findRequest(run.requestId()).orElseThrow();
        }
        if (mayHaveStarted && attempt == null) {
            attempt = shared.attempts.find(run.id(), attemptNumber).orElse(null);
        }
        AgentProcesses.State state =
                mayHaveStarted ? shared.processes.state(files) : new AgentProcesses.State.NotStarted();
        if (state instanceof AgentProcesses.State.NotStarted) {
            return begin(request);
        }
        if (attempt == null) {
            throw new IllegalStateException("a process without an attempt");
        }
        boolean more = false;
        if (fault == null) {
            watch(request, attempt);
            more = reader().readNew();
        }
        if (state instanceof AgentProcesses.State.Running) {
            return whileRunning(attempt, more);
        }
        finish(request, attempt, state);
        return Optional.empty();
    }

    private Optional<Instant> begin(RunRequest asked) {
        if (run.cancelRequested()) {
            conclude(asked, new Verdict.Canceled());
            return Optional.empty();
        }
        if (fault != null) {
            conclude(asked, new Verdict.Failed(fault));
            return Optional.empty();
        }
        try {
            TurnPreparation.Prepared prepared = shared.preparation.prepare(run, asked);
            attempt = prepared.attempt();
            shared.attempts.save(prepared.attempt());
            // From here on a process may exist, whatever becomes of the call.
            mayHaveStarted = true;
            shared.processes.launch(prepared.order());
            LOG.log(System.Logger.Level.INFO, "run run_id={0} attempt={1} launched", run.id(), attemptNumber);
        } catch (TurnRefusedException e) {
            conclude(asked, new Verdict.Failed(e.failure()));
        } catch (EngineUnavailableException e) {
            conclude(
                    asked,
                    new Verdict.Failed(
                            new RunFailure(RunFailureCode.ENGINE_UNAVAILABLE, String.valueOf(e.getMessage()))));
        }
        return Optional.empty();
    }

    private void watch(RunRequest asked, Attempt started) {
        if (follower == null) {
            follower = shared.processes.follow(files, () -> shared.signals.wake(run.id()));
        }
        if (reader == null) {
            EngineDriver driver = shared.engines.driver(asked.engine()).orElseThrow();
            parser = driver.newParser();
            reader = new OutputReader(
                    shared.output,
                    run.id(),
                    started.number(),
                    parser,
                    asked.options().verbose());
        }
    }

    private OutputReader reader() {
        if (reader == null) {
            throw new IllegalStateException("output is not watched yet");
        }
        return reader;
    }

    private Optional<Instant> whileRunning(Attempt working, boolean moreOutput) {
        Instant now = shared.clock.instant();
        if (fault == null && shared.reserve.exhausted()) {
            fault = new RunFailure(RunFailureCode.STORAGE_FULL, "The disk is full");
            shared.reserve.release();
        }
        Optional<RunFailureCode> reason = run.cancelRequested()
                ? Optional.of(RunFailureCode.CANCELED_BY_USER)
                : fault != null
                        ? Optional.of(fault.code())
                        : now.isBefore(working.hardDeadline())
                                ? working.stopReason()
                                : Optional.of(RunFailureCode.TIMEOUT);
        if (reason.isEmpty()) {
            Instant latest = now.plus(shared.settings.poll());
            return Optional.of(
                    moreOutput ? now : latest.isBefore(working.hardDeadline()) ? latest : working.hardDeadline());
        }
        if (working.stopReason().isEmpty()) {
            attempt = working.stopping(reason.get());
            shared.attempts.save(attempt);
        }
        LOG.log(System.Logger.Level.INFO, "run run_id={0} is being stopped: {1}", run.id(), reason.get());
        int left = shared.processes.stop(files, marker);
        if (left > 0) {
            LOG.log(System.Logger.Level.ERROR, "run run_id={0}: {1} processes could not be ended", run.id(), left);
            return Optional.of(now.plusSeconds(RETRY_SECONDS));
        }
        return Optional.empty();
    }

    private void finish(RunRequest asked, Attempt working, AgentProcesses.State state) {
        int left = shared.processes.sweep(marker);
        if (left > 0) {
            LOG.log(System.Logger.Level.ERROR, "run run_id={0}: {1} processes left behind", run.id(), left);
        }
        // Once this server can't go on with the run, the answer no longer counts and may be what it failed on.
        boolean more = fault == null;
        while (more) {
            more = reader().readNew();
        }
        Optional<Integer> exitCode =
                state instanceof AgentProcesses.State.Exited exited ? Optional.of(exited.exitCode()) : Optional.empty();
        RunReceipt receipt = new RunReceipt(
                working.number(),
                exitCode,
                shared.output.receipt(run.id(), OutputStreamKind.STDOUT),
                shared.output.receipt(run.id(), OutputStreamKind.STDERR));
        attempt = working.ended(receipt, shared.clock.instant());
        shared.attempts.save(attempt);
        conclude(asked, verdict(attempt, exitCode));
    }

    private Verdict verdict(Attempt working, Optional<Integer> exitCode) {
        if (run.cancelRequested()) {
            return new Verdict.Canceled();
        }
        if (fault != null) {
            return withStderr(fault);
        }
        if (parser == null) {
            throw new IllegalStateException("output was not read");
        }
        TurnOutcome outcome = parser.finish();
        // The parser is used up; should this step be repeated, the output is read again from its start.
        reader = null;
        Optional<RunFailure> stopped = working.stopReason().map(reason -> stopped(working, reason));
        if (stopped.isEmpty() && exitCode.isEmpty()) {
            return new Verdict.Failed(new RunFailure(
                    RunFailureCode.ORCHESTRATOR_RESTART_INTERRUPTED,
                    "The engine's process is gone and left no exit code"));
        }
        if (stopped.isEmpty() && exitCode.orElse(0) != 0 && shared.reserve.exhausted()) {
            stopped = Optional.of(new RunFailure(RunFailureCode.STORAGE_FULL, "The disk is full"));
        }
        Verdict verdict =
                shared.judge.judge(run.id(), working.contract(), run.cancelRequested(), stopped, exitCode, outcome);
        return verdict instanceof Verdict.Failed failed ? withStderr(failed.failure()) : verdict;
    }

    private Verdict withStderr(RunFailure failure) {
        return new Verdict.Failed(shared.output
                .tail(run.id(), OutputStreamKind.STDERR, RunFailure.MAX_STDERR)
                .map(tail -> failure.withStderr(tail.text()))
                .orElse(failure));
    }

    private static RunFailure stopped(Attempt working, RunFailureCode reason) {
        return switch (reason) {
            case TIMEOUT ->
                new RunFailure(
                        reason, "The run exceeded its hard timeout of " + working.hardTimeoutSeconds() + " seconds");
            case STORAGE_FULL -> new RunFailure(reason, "The disk is full");
            case CANCELED_BY_USER,
                    AUTH_REQUIRED,
                    ORCHESTRATOR_RESTART_INTERRUPTED,
                    INPUT_VALIDATION_FAILED,
                    OUTPUT_VALIDATION_FAILED,
                    ANSWER_LIMIT_EXCEEDED,
                    ENGINE_EXIT_NONZERO,
                    ENGINE_UNAVAILABLE,
                    SKILL_NOT_FOUND,
                    INTERNAL_ERROR -> new RunFailure(reason, "The server ended the engine");
        };
    }

    private void conclude(RunRequest asked, Verdict verdict) {
        Optional<Attempt> present = Optional.ofNullable(attempt);
        if (!shared.conclusion.conclude(run, asked, verdict, present)) {
            Run stored = shared.runs.find(run.id()).orElse(run);
            if (stored.status().isTerminal() || !stored.cancelRequested() || stored.fence() != run.fence()) {
                LOG.log(System.Logger.Level.WARNING, "run run_id={0} was ended by somebody else", run.id());
            } else {
                run = stored;
                shared.conclusion.conclude(run, asked, new Verdict.Canceled(), present);
            }
        }
        ended = true;
        shared.reserve.restore();
        shared.signals.wake(run.id());
    }

    private Optional<Instant> faulty(RunFailure failure, RuntimeException cause) {
        LOG.log(System.Logger.Level.ERROR, "run run_id=" + run.id() + " met a fault: " + failure.code(), cause);
        if (failure.code() == RunFailureCode.STORAGE_FULL) {
            shared.reserve.release();
        }
        boolean first = fault == null;
        if (first) {
            fault = failure;
        }
        // The parser may have seen only part of the bytes; it starts again with a fresh one.
        reader = null;
        Instant now = shared.clock.instant();
        return Optional.of(first ? now : now.plusSeconds(RETRY_SECONDS));
    }
}
