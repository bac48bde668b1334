package skillrunner.domain.run;

import java.util.Set;
import skillrunner.domain.state.TransitionTable;

import static skillrunner.domain.run.TempRequestStatus.CREATED;
import static skillrunner.domain.run.TempRequestStatus.REJECTED;
import static skillrunner.domain.run.TempRequestStatus.STARTED;
import static skillrunner.domain.state.TransitionTable.row;

/** How a request moves that brings its own skill. The table is the specification; everything else asks it. */
public final class TempRequestLifecycle {
    /** What can happen to such a request. */
    public enum Event {
        /** A package came that breaks a rule or does not fit the request. */
        PACKAGE_REJECTED,
        /** A package came, and a run of it is queued. */
        PACKAGE_TAKEN
    }

    /** All legal moves. */
    public static final TransitionTable<TempRequestStatus, Event> TABLE = TransitionTable.of(
            CREATED,
            Set.of(STARTED),
            row(CREATED, Event.PACKAGE_REJECTED, REJECTED),
            row(CREATED, Event.PACKAGE_TAKEN, STARTED),
            row(REJECTED, Event.PACKAGE_REJECTED, REJECTED),
            row(REJECTED, Event.PACKAGE_TAKEN, STARTED));

    private TempRequestLifecycle() {}
}
