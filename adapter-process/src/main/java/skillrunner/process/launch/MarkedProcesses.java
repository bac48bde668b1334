package skillrunner.process.launch;

import java.util.Optional;
import skillrunner.domain.run.ProcessIsolation;
import skillrunner.process.table.ProcessIdentity;
import skillrunner.process.table.ProcessTable;

/**
 * Processes that carry a marker in their environment, wherever they stand in the process tree. Safe for concurrent use.
 */
public final class MarkedProcesses {
    /** Name of the variable that holds the marker. */
    public static final String VARIABLE = "SKILL_RUNNER_ATTEMPT";

    private final ProcessTable table = ProcessTable.ofThisMachine();

    /** Looks at this machine. */
    public MarkedProcesses() {}

    /**
     * Ends all of them and what they started: SIGINT, two seconds, SIGTERM, three seconds, SIGKILL.
     *
     * @param marker the marker
     * @return how many are left
     */
    public int end(String marker) {
        return new TreeKiller(new ProcessTree(table, marker, Optional.empty(), ProcessIsolation.PROCESS_TREE))
                .kill()
                .left();
    }

    /**
     * Ends all of them and what they started: SIGTERM, three seconds, SIGKILL.
     *
     * @param marker the marker
     * @return how many are left
     */
    public int terminate(String marker) {
        return new TreeKiller(new ProcessTree(table, marker, Optional.empty(), ProcessIsolation.PROCESS_TREE))
                .terminate()
                .left();
    }

    /**
     * Ends all of them, what they started, and what is left of a session: SIGTERM, three seconds, SIGKILL.
     *
     * @param marker the marker
     * @param leader the process that began the session, alive or gone
     * @return how many are left
     */
    public int terminate(String marker, ProcessIdentity leader) {
        return new TreeKiller(ProcessTree.below(table, marker, leader))
                .terminate()
                .left();
    }
}
