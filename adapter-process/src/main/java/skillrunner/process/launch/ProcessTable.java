package skillrunner.process.launch;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The processes of this machine. Zombies count as gone. Implementations are safe for concurrent use. */
interface ProcessTable {
    /**
     * A process.
     *
     * @param identity who it is
     * @param parent number of its parent
     * @param session number of the process that began its session; 0 if that can't be told
     */
    record Entry(ProcessIdentity identity, long parent, long session) {}

    /** Lists all processes. */
    List<Entry> all();

    /** Finds a process that is alive. */
    Optional<Entry> find(long pid);

    /** Tells whether a process was given the variable in its environment; it may have changed that since. */
    boolean carries(long pid, String variable);

    /** Lists those of some processes that were given the variable, by number. */
    Set<Long> carriers(String variable, List<Entry> among);

    /** Returns program and arguments of a process; empty if they can't be told. */
    List<String> arguments(long pid);

    /** Tells whether it is certain that a process began before another one. */
    boolean beganBefore(ProcessIdentity one, ProcessIdentity other);

    /** Tells whether a process, alive or gone, may have run since the machine was started. */
    boolean isOfThisBoot(ProcessIdentity identity);

    /** Tells whether a process is alive and still the same. */
    default boolean isAlive(ProcessIdentity identity) {
        return find(identity.pid())
                .filter(entry -> entry.identity().equals(identity))
                .isPresent();
    }

    /** Picks what this machine offers. */
    static ProcessTable ofThisMachine() {
        return ProcFilesystem.isPresent() ? new ProcFilesystem() : new PortableProcessTable();
    }
}
