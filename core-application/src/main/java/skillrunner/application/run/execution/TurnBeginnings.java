package skillrunner.application.run.execution;

import java.util.Objects;
import skillrunner.application.run.Runs;
import skillrunner.application.run.turn.TurnContinuation;
import skillrunner.application.run.turn.TurnPreparation;
import skillrunner.domain.run.Run;

/** Prepares attempts. Safe for concurrent use. */
public final class TurnBeginnings {
    final Runs runs;
    final TurnPreparation preparation;
    final TurnContinuation continuation;
    private final RunErrands errands;

    /**
     * Prepares on threads of their own.
     *
     * @param runs say who still needs what is prepared
     * @param preparation makes a turn ready
     * @param continuation makes one ready that goes on with an engine which kept running
     * @param errands give the threads
     */
    public TurnBeginnings(Runs runs, TurnPreparation preparation, TurnContinuation continuation, RunErrands errands) {
        this.runs = Objects.requireNonNull(runs);
        this.preparation = Objects.requireNonNull(preparation);
        this.continuation = Objects.requireNonNull(continuation);
        this.errands = Objects.requireNonNull(errands);
    }

    /** The beginning of a run's present attempt, which an earlier server may have tried. */
    TurnBeginning of(Run run, boolean resumed) {
        // Whoever took the run from the queue counted the first start of its preparation with it.
        return new TurnBeginning(
                this,
                new LongStep<>(errands, run.id(), "prepare"),
                new LongStep<>(errands, run.id(), "continue"),
                resumed ? 0 : 1);
    }
}
