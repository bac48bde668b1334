package skillrunner.domain.run;

import java.util.Set;
import skillrunner.domain.state.TransitionTable;

import static skillrunner.domain.run.RunLifecycle.Event.AUTO_DECIDED;
import static skillrunner.domain.run.RunLifecycle.Event.AUTO_DECISION_DELIVERED;
import static skillrunner.domain.run.RunLifecycle.Event.CANCELED_BY_USER;
import static skillrunner.domain.run.RunLifecycle.Event.INPUT_NEEDED;
import static skillrunner.domain.run.RunLifecycle.Event.PROCESS_LOST;
import static skillrunner.domain.run.RunLifecycle.Event.REPLY_ACCEPTED;
import static skillrunner.domain.run.RunLifecycle.Event.REPLY_DELIVERED;
import static skillrunner.domain.run.RunLifecycle.Event.RESTART_INTERRUPTED;
import static skillrunner.domain.run.RunLifecycle.Event.RESTART_PRESERVED;
import static skillrunner.domain.run.RunLifecycle.Event.TURN_FAILED;
import static skillrunner.domain.run.RunLifecycle.Event.TURN_STARTED;
import static skillrunner.domain.run.RunLifecycle.Event.TURN_SUCCEEDED;
import static skillrunner.domain.run.RunLifecycle.Event.WAIT_EXPIRED;
import static skillrunner.domain.run.RunStatus.CANCELED;
import static skillrunner.domain.run.RunStatus.FAILED;
import static skillrunner.domain.run.RunStatus.QUEUED;
import static skillrunner.domain.run.RunStatus.RUNNING;
import static skillrunner.domain.run.RunStatus.SUCCEEDED;
import static skillrunner.domain.run.RunStatus.WAITING_USER;
import static skillrunner.domain.state.TransitionTable.row;

/** How a run moves. The table is the specification; everything else asks it. */
public final class RunLifecycle {

    /** What can happen to a run. */
    public enum Event {
        /** A slot was free and the turn began. */
        TURN_STARTED,
        /** The engine closed its turn and the output is valid. */
        TURN_SUCCEEDED,
        /** The turn ended in any other way. */
        TURN_FAILED,
        /** The engine asked its user something. */
        INPUT_NEEDED,
        /** A reply was stored; the engine will be resumed. */
        REPLY_ACCEPTED,
        /** A reply was handed to the engine that kept running. */
        REPLY_DELIVERED,
        /** Nobody replied; a decision was stored and the engine will be resumed. */
        AUTO_DECIDED,
        /** Nobody replied; a decision was handed to the engine that kept running. */
        AUTO_DECISION_DELIVERED,
        /** Nobody replied in time and a reply was required. */
        WAIT_EXPIRED,
        /** The process that should have taken the reply is gone. */
        PROCESS_LOST,
        /** Somebody asked for the end. */
        CANCELED_BY_USER,
        /** The server restarted and the run goes on where it was. */
        RESTART_PRESERVED,
        /** The server restarted and the run can't go on. */
        RESTART_INTERRUPTED
    }

    /** All legal moves. A queued run is never interrupted by a restart. */
    public static final TransitionTable<RunStatus, Event> TABLE = TransitionTable.of(
            QUEUED,
            Set.of(SUCCEEDED, FAILED, CANCELED),
            row(QUEUED, TURN_STARTED, RUNNING),
            row(QUEUED, RESTART_PRESERVED, QUEUED),
            row(QUEUED, CANCELED_BY_USER, CANCELED),
            row(RUNNING, TURN_SUCCEEDED, SUCCEEDED),
            row(RUNNING, TURN_FAILED, FAILED),
            row(RUNNING, INPUT_NEEDED, WAITING_USER),
            row(RUNNING, RESTART_PRESERVED, RUNNING),
            row(RUNNING, RESTART_INTERRUPTED, FAILED),
            row(RUNNING, CANCELED_BY_USER, CANCELED),
            row(WAITING_USER, REPLY_ACCEPTED, QUEUED),
            row(WAITING_USER, REPLY_DELIVERED, RUNNING),
            row(WAITING_USER, AUTO_DECIDED, QUEUED),
            row(WAITING_USER, AUTO_DECISION_DELIVERED, RUNNING),
            row(WAITING_USER, WAIT_EXPIRED, FAILED),
            row(WAITING_USER, PROCESS_LOST, FAILED),
            row(WAITING_USER, RESTART_PRESERVED, WAITING_USER),
            row(WAITING_USER, RESTART_INTERRUPTED, FAILED),
            row(WAITING_USER, CANCELED_BY_USER, CANCELED));

    private RunLifecycle() {}
}
