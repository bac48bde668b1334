package skillrunner.process.launch;

import java.util.List;
import java.util.Optional;

/** The processes of this machine. Zombies count as gone. Implementations are safe for concurrent use. */
interface ProcessTable {
    /**
     * A process.
     *
     * @param identity who it is
     * @param parent number of its parent
     */
    record Entry(ProcessIdentity identity, long parent) {}

    /** Lists all processes. */
    List<Entry> all();

    /** Finds a process that is alive. */
    Optional<Entry> find(long pid);

    /** Tells whether a process was given the marker in its environment. */
    boolean carries(long pid, String marker);

    /** Picks what this machine offers. */
    static ProcessTable ofThisMachine() {
        return ProcFilesystem.isPresent() ? new ProcFilesystem() : new PortableProcessTable();
    }
}
