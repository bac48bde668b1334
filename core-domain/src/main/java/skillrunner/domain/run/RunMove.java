package skillrunner.domain.run;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A change of a run's status as it is remembered: stored with the change in one step, so that whatever tells of a run can tell
 * of each of its changes, and of none that was not made.
 *
 * @param run the run
 * @param ordinal its place among the moves of the run, from 1
 * @param attempt the attempt that it belongs to, from 1; what brings a run into the queue, or out of it, belongs to the attempt
 *     that waits there
 * @param from status before
 * @param event what happened
 * @param to status after; the same as before if a restart met the run and it went on
 * @param failure why the run ended, if it did so without success
 * @param at when
 */
public record RunMove(
        RunId run,
        int ordinal,
        int attempt,
        RunStatus from,
        RunLifecycle.Event event,
        RunStatus to,
        Optional<RunFailureCode> failure,
        Instant at) {
    /** Refuses null parts and what is no number. */
    public RunMove {
        Objects.requireNonNull(run);
        Objects.requireNonNull(from);
        Objects.requireNonNull(event);
        Objects.requireNonNull(to);
        Objects.requireNonNull(failure);
        Objects.requireNonNull(at);
        if (ordinal < 1 || attempt < 1) {
            throw new IllegalArgumentException("not a move: " + ordinal + " of attempt " + attempt);
        }
    }

    /**
     * Remembers a change.
     *
     * @param change the change that is made
     * @param ordinal its place
     * @return the move
     */
    public static RunMove of(RunChange change, int ordinal) {
        Run before = change.before();
        Run after = change.after();
        return new RunMove(
                after.id(),
                ordinal,
                attempt(change),
                before.status(),
                change.event(),
                after.status(),
                after.failure().map(RunFailure::code),
                after.updatedAt());
    }

    /** An answer opens the attempt that goes on with it, also where the engine has been running all the time. */
    private static int attempt(RunChange change) {
        // A damaged row may have lost its number.
        int present = Math.max(change.before().attempt(), change.before().status() == RunStatus.QUEUED ? 0 : 1);
        return switch (change.event()) {
            case REPLY_ACCEPTED, REPLY_DELIVERED, AUTO_DECIDED, AUTO_DECISION_DELIVERED, TURN_STARTED -> present + 1;
            default -> change.before().status() == RunStatus.QUEUED ? present + 1 : present;
        };
    }
}
