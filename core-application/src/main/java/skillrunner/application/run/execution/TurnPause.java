package skillrunner.application.run.execution;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.TurnEnd;
import skillrunner.domain.run.Verdict;

/**
 * The end of a turn whose engine keeps running. Once the engine has closed the turn, what it said so far is judged: if that is a
 * question, the attempt's output ends there, is proven, and the run may wait. If it is anything else, the engine is told nothing more,
 * ends, and is judged as any other. Used by one thread.
 */
final class TurnPause {
    /** What an engine had said when it closed its turn, and where that ends. */
    record Closed(TurnOutcome outcome, OutputPosition end) {}

    private final TurnEndings shared;
    private final Run run;
    private final TurnProcess process;
    private final TurnOutput output;
    private final TurnEnding ending;
    private final TurnTime time;
    private final LongStep<Verdict> judging;
    private final LongStep<RunReceipt> proving;
    private @Nullable Closed closed;
    private boolean hungUp;

    TurnPause(
            TurnEndings shared,
            Run run,
            TurnProcess process,
            TurnOutput output,
            TurnEnding ending,
            TurnTime time,
            LongStep<Verdict> judging,
            LongStep<RunReceipt> proving) {
        this.shared = Objects.requireNonNull(shared);
        this.run = Objects.requireNonNull(run);
        this.process = Objects.requireNonNull(process);
        this.output = Objects.requireNonNull(output);
        this.ending = Objects.requireNonNull(ending);
        this.time = Objects.requireNonNull(time);
        this.judging = Objects.requireNonNull(judging);
        this.proving = Objects.requireNonNull(proving);
    }

    /** Whether nothing more is to be read until it is known what the turn came to: it may belong to the next one. */
    boolean isUnderWay() {
        return closed != null && !hungUp;
    }

    /**
     * Looks at an engine that keeps running, of which everything was read that there is.
     *
     * @return the question, once the run may wait for its answer; empty while the engine works, and if it asks nothing
     */
    Optional<Verdict> next(Attempt attempt, RunRequest request) {
        if (hungUp || !attempt.keepsEngine()) {
            return Optional.empty();
        }
        if (closed == null) {
            closed = output.closed().orElse(null);
        }
        if (closed == null) {
            return Optional.empty();
        }
        Closed said = closed;
        Optional<Verdict> verdict = judging.result(() -> shared.judge.judge(
                run.id(), attempt, request.options().executionMode(), TurnEnd.keptRunning(), said.outcome()));
        if (verdict.isPresent() && !(verdict.get() instanceof Verdict.Asks)) {
            process.hangUp();
            hungUp = true;
            return Optional.empty();
        }
        boolean proven = verdict.isPresent() && isProven(attempt, said);
        // What was proven is told to its end before anybody is told of the question.
        return proven && ending.isTold(process.attempt().orElseThrow(), Optional.of(request))
                ? verdict
                : Optional.empty();
    }

    private boolean isProven(Attempt attempt, Closed said) {
        if (attempt.receipt().isPresent()) {
            return true;
        }
        Optional<RunReceipt> receipt = proving.result(() -> {
            process.endTurn(said.end());
            return shared.outputs.receipt(run, Optional.empty());
        });
        receipt.ifPresent(proof -> {
            process.heard(said.outcome().told());
            process.proven(proof, time.now());
        });
        return receipt.isPresent();
    }

    void abandon() {
        judging.abandon();
        proving.abandon();
    }

    /** The parser may have seen only part of the bytes, so it starts again as well. */
    void startOver() {
        judging.startOver();
        proving.startOver();
        closed = null;
    }
}
