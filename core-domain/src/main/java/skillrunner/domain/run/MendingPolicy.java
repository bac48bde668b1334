package skillrunner.domain.run;

import java.time.Instant;
import java.util.Optional;

/**
 * What becomes of a run that has not ended and whose stored record lost something: it can only be ended. Its processes and
 * files are ended with it by whoever carries it out, so one that waits in the queue is given a slot for that; one that waits
 * for its user has neither and ends at once, unless its engine keeps running for the answer.
 */
public final class MendingPolicy {
    /** Why such a run ends. */
    public static final RunFailure UNREADABLE =
            new RunFailure(RunFailureCode.INTERNAL_ERROR, "The stored record of the run can't be read");

    private MendingPolicy() {}

    /**
     * Decides.
     *
     * @param run the run, with neutral values for what it lost
     * @param claim the claim of who ends it
     * @param now when
     * @return the move to make, or empty if it stays where it is; a run that is carried out then is to be ended
     */
    public static Optional<RunChange> move(Run run, Lease claim, Instant now) {
        return switch (run.status()) {
            case QUEUED -> Optional.of(run.taken(claim, now));
            case WAITING_USER -> run.keepsEngine() ? Optional.empty() : Optional.of(run.interrupted(UNREADABLE, now));
            case RUNNING, SUCCEEDED, FAILED, CANCELED -> Optional.empty();
        };
    }
}
