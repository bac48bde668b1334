package skillrunner.domain.upgrade;

import java.util.Set;
import skillrunner.domain.state.TransitionTable;

import static skillrunner.domain.state.TransitionTable.row;
import static skillrunner.domain.upgrade.UpgradeLifecycle.Event.ABANDONED;
import static skillrunner.domain.upgrade.UpgradeLifecycle.Event.AN_ENGINE_FAILED;
import static skillrunner.domain.upgrade.UpgradeLifecycle.Event.EVERY_ENGINE_SUCCEEDED;
import static skillrunner.domain.upgrade.UpgradeLifecycle.Event.STARTED;
import static skillrunner.domain.upgrade.UpgradeStatus.FAILED;
import static skillrunner.domain.upgrade.UpgradeStatus.QUEUED;
import static skillrunner.domain.upgrade.UpgradeStatus.RUNNING;
import static skillrunner.domain.upgrade.UpgradeStatus.SUCCEEDED;

/** How an upgrade task moves. The table is the specification; everything else asks it. */
public final class UpgradeLifecycle {
    /** What can happen to an upgrade task. */
    public enum Event {
        /** Its first engine is about to be upgraded. */
        STARTED,
        /** All engines were upgraded, or left out on purpose. */
        EVERY_ENGINE_SUCCEEDED,
        /** All engines had their turn, and at least one failed. */
        AN_ENGINE_FAILED,
        /** The server restarted or stopped, or the work broke off. */
        ABANDONED
    }

    /** All legal moves. */
    public static final TransitionTable<UpgradeStatus, Event> TABLE = TransitionTable.of(
            QUEUED,
            Set.of(SUCCEEDED, FAILED),
            row(QUEUED, STARTED, RUNNING),
            row(QUEUED, ABANDONED, FAILED),
            row(RUNNING, EVERY_ENGINE_SUCCEEDED, SUCCEEDED),
            row(RUNNING, AN_ENGINE_FAILED, FAILED),
            row(RUNNING, ABANDONED, FAILED));

    private UpgradeLifecycle() {}
}
