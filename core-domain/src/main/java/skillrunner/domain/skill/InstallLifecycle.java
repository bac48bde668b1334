package skillrunner.domain.skill;

import java.util.Set;
import skillrunner.domain.state.TransitionTable;

import static skillrunner.domain.skill.InstallLifecycle.Event.ABANDONED;
import static skillrunner.domain.skill.InstallLifecycle.Event.PUBLISHED;
import static skillrunner.domain.skill.InstallLifecycle.Event.REJECTED;
import static skillrunner.domain.skill.InstallLifecycle.Event.STARTED;
import static skillrunner.domain.skill.InstallStatus.FAILED;
import static skillrunner.domain.skill.InstallStatus.QUEUED;
import static skillrunner.domain.skill.InstallStatus.RUNNING;
import static skillrunner.domain.skill.InstallStatus.SUCCEEDED;
import static skillrunner.domain.state.TransitionTable.row;

/** How the installation of a package moves. The table is the specification; everything else asks it. */
public final class InstallLifecycle {
    /** What can happen to an installation. */
    public enum Event {
        /** The archive is about to be unpacked. */
        STARTED,
        /** The package was moved into its place. */
        PUBLISHED,
        /** The package breaks a rule, or the installed version forbids it. */
        REJECTED,
        /** The server restarted or stopped, or the work broke off. */
        ABANDONED
    }

    /** All legal moves. */
    public static final TransitionTable<InstallStatus, Event> TABLE = TransitionTable.of(
            QUEUED,
            Set.of(SUCCEEDED, FAILED),
            row(QUEUED, STARTED, RUNNING),
            row(QUEUED, ABANDONED, FAILED),
            row(RUNNING, PUBLISHED, SUCCEEDED),
            row(RUNNING, REJECTED, FAILED),
            row(RUNNING, ABANDONED, FAILED));

    private InstallLifecycle() {}
}
