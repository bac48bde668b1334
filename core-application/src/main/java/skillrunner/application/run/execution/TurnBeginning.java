package skillrunner.application.run.execution;

import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.turn.TurnContinuation;
import skillrunner.application.run.turn.TurnPreparation;
import skillrunner.application.run.turn.TurnRefusedException;
import skillrunner.domain.run.PreparationPolicy;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunRequest;

/**
 * The preparation of one attempt, on a thread of its own. Each start of it is counted on disk before it begins, so that one
 * which ends the server is not tried for ever. Used by one thread.
 */
final class TurnBeginning {
    private final TurnBeginnings shared;
    private final LongStep<TurnPreparation.Prepared> preparing;
    private final LongStep<TurnContinuation.Continued> continuing;
    private int starts;

    /** @param starts how many starts are counted already for what this server begins; 0 if it has to count its first */
    TurnBeginning(
            TurnBeginnings shared,
            LongStep<TurnPreparation.Prepared> preparing,
            LongStep<TurnContinuation.Continued> continuing,
            int starts) {
        this.shared = Objects.requireNonNull(shared);
        this.preparing = Objects.requireNonNull(preparing);
        this.continuing = Objects.requireNonNull(continuing);
        this.starts = starts;
    }

    /** What a preparation comes to. */
    sealed interface Outcome {
        /** The turn may start. */
        record Ready(TurnPreparation.Prepared prepared) implements Outcome {}

        /** The turn can't be started, however often it is tried. */
        record Refused(RunFailure failure) implements Outcome {}
    }

    /** Begins to prepare unless that is under way. @return what it comes to, or empty while it goes on */
    Optional<Outcome> next(Run run, RunRequest request) {
        if (!preparing.isUnderWay()) {
            if (starts == 0) {
                starts = shared.runs.countPreparation(run.id());
            }
            if (PreparationPolicy.refuses(starts)) {
                return Optional.of(new Outcome.Refused(new RunFailure(
                        RunFailureCode.PREPARATION_FAILED,
                        "The server died " + (starts - 1) + " times while it prepared the run")));
            }
        }
        try {
            return preparing.result(() -> prepared(run, request)).map(Outcome.Ready::new);
        } catch (TurnRefusedException e) {
            return Optional.of(new Outcome.Refused(e.failure()));
        }
    }

    /**
     * Prepares a turn that goes on with an engine.
     *
     * @return the turn, or empty while it is prepared
     * @throws TurnRefusedException if it can't begin
     */
    Optional<TurnContinuation.Continued> goOn(Run run, RunRequest request) {
        return continuing.result(() -> shared.continuation.prepare(run, request));
    }

    /**
     * A preparation that failed, or was given up and came to its end after the run's, would hold a version for ever; and leave
     * a folder for ever, if the run was removed meanwhile.
     */
    private TurnPreparation.Prepared prepared(Run run, RunRequest request) {
        boolean needed = false;
        try {
            TurnPreparation.Prepared prepared = shared.preparation.prepare(run, request);
            needed = !isOver(shared.runs.find(run.id()));
            return prepared;
        } finally {
            if (!needed) {
                release(run);
                withdrawIfRemoved(run);
            }
        }
    }

    private void withdrawIfRemoved(Run run) {
        if (shared.runs.find(run.id()).isEmpty()) {
            shared.preparation.withdraw(run);
        }
    }

    /** Lets go of what the attempt holds if, by what is stored, its run has ended or is gone. */
    void releaseIfOver(Run run, Optional<Run> stored) {
        if (isOver(stored)) {
            release(run);
        }
    }

    private static boolean isOver(Optional<Run> stored) {
        return stored.filter(present -> !present.status().isTerminal()).isEmpty();
    }

    void release(Run run) {
        shared.preparation.release(run);
    }

    void abandon() {
        preparing.abandon();
        continuing.abandon();
    }

    void startOver() {
        preparing.startOver();
        continuing.startOver();
    }
}
