package skillrunner.domain.interaction;

import java.util.Set;
import skillrunner.domain.state.TransitionTable;

import static skillrunner.domain.interaction.InteractionStatus.ANSWERED;
import static skillrunner.domain.interaction.InteractionStatus.CANCELED;
import static skillrunner.domain.interaction.InteractionStatus.EXPIRED;
import static skillrunner.domain.interaction.InteractionStatus.PENDING;
import static skillrunner.domain.state.TransitionTable.row;

/** How a question moves. It is decided once: nothing leaves what is decided. The table is the specification. */
public final class InteractionLifecycle {
    /** What can happen to a question. */
    public enum Event {
        /** Its user answered. */
        REPLIED,
        /** Nobody answered in time, and the run goes on with a decision made for its user. */
        AUTO_DECIDED,
        /** Nobody answered in time, and the run can't go on without. */
        WAIT_EXPIRED,
        /** Somebody asked for the end of the run. */
        RUN_CANCELED,
        /** The run can't be gone on with. */
        RUN_INTERRUPTED
    }

    /** All legal moves. */
    public static final TransitionTable<InteractionStatus, Event> TABLE = TransitionTable.of(
            PENDING,
            Set.of(ANSWERED, CANCELED, EXPIRED),
            row(PENDING, Event.REPLIED, ANSWERED),
            row(PENDING, Event.AUTO_DECIDED, ANSWERED),
            row(PENDING, Event.WAIT_EXPIRED, EXPIRED),
            row(PENDING, Event.RUN_CANCELED, CANCELED),
            row(PENDING, Event.RUN_INTERRUPTED, CANCELED));

    private InteractionLifecycle() {}
}
