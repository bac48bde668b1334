package skillrunner.domain.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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
     * @param turns its turns so far, in order
     * @return the milestones, oldest first; the first is always its admission
     */
    public static List<RunMilestone> of(Run run, List<Attempt> turns) {
        List<RunMilestone> milestones = new ArrayList<>();
        milestones.add(new RunMilestone(RunStatus.QUEUED, run.createdAt(), Kind.REACHED));
        for (Attempt turn : turns) {
            milestones.add(new RunMilestone(RunStatus.RUNNING, turn.startedAt(), Kind.REACHED));
            // An engine that is kept does not end with its turn: since when that waited is not known.
            turn.endedAt()
                    .filter(at -> turn.number() < run.attempt() || waitedOn(run.recovery(), at))
                    .ifPresent(at -> milestones.add(new RunMilestone(RunStatus.WAITING_USER, at, Kind.REACHED)));
        }
        restart(run.recovery()).ifPresent(restart -> add(milestones, restart));
        RunStatus told = milestones.get(milestones.size() - 1).status();
        if (run.status().isTerminal() || (run.status() == RunStatus.WAITING_USER && told != RunStatus.WAITING_USER)) {
            milestones.add(new RunMilestone(run.status(), run.updatedAt(), Kind.REACHED));
        }
        return List.copyOf(milestones);
    }

    /** Whether a run whose turn ended was waiting when a server began. */
    private static boolean waitedOn(Recovery recovery, Instant turnEnded) {
        return recovery.state() == RecoveryState.RECOVERED_WAITING
                && recovery.at().filter(turnEnded::isBefore).isPresent();
    }

    private static Optional<RunMilestone> restart(Recovery recovery) {
        return switch (recovery.state()) {
            case NONE -> recovery.at().map(at -> new RunMilestone(RunStatus.RUNNING, at, Kind.KEPT_OVER_RESTART));
            case RECOVERED_WAITING ->
                recovery.at().map(at -> new RunMilestone(RunStatus.WAITING_USER, at, Kind.KEPT_OVER_RESTART));
            case FAILED_RECONCILED -> Optional.empty();
        };
    }

    /** A restart belongs to the turn that it met, which need not be the last one. */
    private static void add(List<RunMilestone> milestones, RunMilestone restart) {
        int place = milestones.size();
        while (place > 1 && milestones.get(place - 1).at().isAfter(restart.at())) {
            place--;
        }
        milestones.add(place, restart);
    }
}
