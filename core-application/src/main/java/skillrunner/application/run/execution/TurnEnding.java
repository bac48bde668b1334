package skillrunner.application.run.execution;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.application.run.quota.WorkspaceMeter;
import skillrunner.application.time.Countdown;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.EngineTold;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.TurnEnd;
import skillrunner.domain.run.Verdict;

/** What follows the end of an attempt's process: its output is proven, then judged, each on a thread of its own. Used by one thread. */
final class TurnEnding {
    private static final System.Logger LOG = System.getLogger(TurnEnding.class.getName());

    /** So much is told however long it takes. */
    private static final long LITTLE = 256 * 1024;

    /** So long is more told than that. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    /** The same for what no server has read: all that was told of it has to be passed over first. */
    private static final Duration UNREAD_MOMENT = Duration.ofSeconds(10);

    /** So long it may take until that is stored. */
    private static final Duration GRACE = Duration.ofSeconds(4);

    /** What an attempt wrote, and what it left in its workspace as far as that is limited. */
    record Proof(RunReceipt receipt, Optional<WorkspaceMeter.Measure> workspace) {}

    /** The verdict on a turn, and what the engine told of its own work. */
    record Judgement(Verdict verdict, EngineTold told) {}

    private final TurnEndings shared;
    private final Run run;
    private final TurnProcess process;
    private final TurnOutput output;
    private final TurnUsage usage;
    private final LongStep<Proof> proving;
    private final LongStep<Judgement> judging;
    private final LongStep<Boolean> telling;
    private @Nullable Countdown patience;
    private volatile @Nullable Countdown reading;
    private volatile boolean outputRead;

    TurnEnding(
            TurnEndings shared,
            Run run,
            TurnProcess process,
            TurnOutput output,
            TurnUsage usage,
            LongStep<Proof> proving,
            LongStep<Judgement> judging,
            LongStep<Boolean> telling) {
        this.shared = Objects.requireNonNull(shared);
        this.run = Objects.requireNonNull(run);
        this.process = Objects.requireNonNull(process);
        this.output = Objects.requireNonNull(output);
        this.usage = Objects.requireNonNull(usage);
        this.proving = Objects.requireNonNull(proving);
        this.judging = Objects.requireNonNull(judging);
        this.telling = Objects.requireNonNull(telling);
    }

    /** Proves all output, and measures what is left. @return the proof, or empty while it is made */
    Optional<RunReceipt> receipt(Optional<Integer> exitCode) {
        Optional<Proof> proof = proving.result(() -> new Proof(shared.outputs.receipt(run, exitCode), usage.last()));
        proof.flatMap(Proof::workspace).ifPresent(usage::count);
        // All there will be of a turn that nobody judges by its output.
        proof.ifPresent(made -> process.heard(output.toldSoFar()));
        return proof.map(Proof::receipt);
    }

    /** Judges exactly what is proven. @return the verdict, or empty while it is made */
    Optional<Verdict> verdict(Attempt attempt, TurnEnd end, RunRequest request) {
        RunReceipt receipt = attempt.receipt().orElseThrow();
        // An engine that keeps running may end while it is told what it said before its question.
        if (telling.goesOn()) {
            return Optional.empty();
        }
        Optional<Judgement> judged = judging.result(() -> {
            TurnOutcome read = output.outcome(request, receipt, this::isEnough);
            outputRead = true;
            TurnOutcome outcome = shared.recall.completed(run, request, attempt, end, read);
            return new Judgement(
                    shared.judge.judge(run.id(), attempt, request.options().executionMode(), end, outcome),
                    outcome.told());
        });
        judged.map(Judgement::told).ifPresent(process::heard);
        return judged.map(Judgement::verdict);
    }

    /** Tells in the journal what is proven, where nothing is judged. @return false while that goes on */
    boolean isTold(Attempt attempt, Optional<RunRequest> request) {
        return attempt.receipt().isEmpty()
                || request.isEmpty()
                || telling.result(() -> {
                            output.tellToEnd(request.get(), attempt.receipt().get());
                            return true;
                        })
                        .isPresent();
    }

    /**
     * Tells how long is waited until all is read of an engine that the server has ended: nobody waits long for what floods. Begins when it is
     * asked for first, before anything is begun with the rest.
     *
     * @param limit how long is waited at all
     */
    Countdown patience(Attempt attempt, Countdown limit, TurnTime time) {
        Countdown known = patience;
        if (known == null) {
            known = limit;
            if (attempt.receipt().map(output::unread).orElse(0L) > LITTLE) {
                Duration moment = output.isRead() ? MOMENT : UNREAD_MOMENT;
                reading = time.countdown(moment);
                known = time.countdown(moment.plus(GRACE));
            }
            patience = known;
        }
        return limit.left().compareTo(known.left()) < 0 ? limit : known;
    }

    /** Never of an output that decides: only what was ended by the server, or is to be, has no time to be read whole. */
    private boolean isEnough() {
        Countdown time = reading;
        return time != null && time.isOver();
    }

    /**
     * Tells in the journal what is proven and was not told yet, where nothing is judged. Whoever judged until then reads and tells the same
     * output, and is left to it: two at once would tear it apart.
     *
     * @return false while that goes on
     */
    boolean isRestTold(Attempt attempt, Optional<RunRequest> request) {
        if (attempt.receipt().isEmpty() || request.isEmpty() || outputRead) {
            return true;
        }
        return !isStillJudging()
                && telling.result(() -> {
                            output.tellRest(request.get(), attempt.receipt().get(), this::isEnough);
                            return true;
                        })
                        .isPresent();
    }

    /** What fails is told from the beginning: how far it came is not known. */
    private boolean isStillJudging() {
        try {
            return judging.goesOn();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "run run_id=" + run.id() + " is not judged any more", e);
            output.startAgain();
            return false;
        }
    }

    /** Adds the engine's last words to a failure. */
    Verdict withStderr(Verdict verdict) {
        return verdict instanceof Verdict.Failed failed ? new Verdict.Failed(withStderr(failed.failure())) : verdict;
    }

    private RunFailure withStderr(RunFailure failure) {
        return shared.outputs.withStderr(run.id(), failure);
    }

    void abandon() {
        proving.abandon();
        judging.abandon();
        telling.abandon();
    }

    /** The parser may have seen only part of the bytes, so it starts again as well. */
    void startOver() {
        proving.startOver();
        judging.startOver();
        telling.startOver();
        outputRead = false;
        patience = null;
        reading = null;
        output.startAgain();
    }
}
