package skillrunner.domain.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A moment at which a run reached a status.
 *
 * @param status the status
 * @param at when
 * @param kind how it was reached
 */
public record RunMilestone(RunStatus status, Instant at, Kind kind) {
    /** How a status was reached. */
    public enum Kind {
        /** The run moved into it. */
        REACHED,
        /** The run was in it before the server restarted, and still is. */
        KEPT_OVER_RESTART
    }

    /** Refuses null parts. */
    public RunMilestone {
        Objects.requireNonNull(status);
        Objects.requireNonNull(at);
        Objects.requireNonNull(kind);
    }

    /**
     * Tells how a run came to where it is, from what is known of it.
     *
     * @param run the run
     * @param turnsStarted when each of its turns began, in order
     * @return the milestones, oldest first; the first is always its admission
     */
    public static List<RunMilestone> of(Run run, List<Instant> turnsStarted) {
        List<RunMilestone> milestones = new ArrayList<>();
        milestones.add(new RunMilestone(RunStatus.QUEUED, run.createdAt(), Kind.REACHED));
        turnsStarted.forEach(start -> milestones.add(new RunMilestone(RunStatus.RUNNING, start, Kind.REACHED)));
        if (run.recovery().state() != RecoveryState.FAILED_RECONCILED) {
            run.recovery()
                    .at()
                    .ifPresent(at -> milestones.add(new RunMilestone(RunStatus.RUNNING, at, Kind.KEPT_OVER_RESTART)));
        }
        if (run.status().isTerminal() || run.status() == RunStatus.WAITING_USER) {
            milestones.add(new RunMilestone(run.status(), run.updatedAt(), Kind.REACHED));
        }
        return List.copyOf(milestones);
    }
}
