package skillrunner.process.table;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The processes of this machine. Zombies count as gone. A look that can't be taken throws
 * {@link skillrunner.application.storage.UnavailableException}. Implementations are safe for concurrent use.
 */
public interface ProcessTable {
    /**
     * A process.
     *
     * @param identity who it is
     * @param parent number of its parent
     * @param session number of the process that began its session; 0 if that can't be told
     */
    record Entry(ProcessIdentity identity, long parent, long session) {}

    /**
     * Lists all processes.
     *
     * @return those that are alive
     */
    List<Entry> all();

    /**
     * Finds a process that is alive.
     *
     * @param pid its number
     * @return the process, or empty
     */
    Optional<Entry> find(long pid);

    /**
     * Lists the children of a process.
     *
     * @param pid its number
     * @return their numbers; none if it is gone; empty if this machine does not tell
     */
    Optional<List<Long>> children(long pid);

    /**
     * Tells how much memory a process shares with nobody.
     *
     * @param pid its number
     * @return bytes; 0 if it is gone, or if this machine does not tell
     */
    long privateBytes(long pid);

    /**
     * Tells how long a process has computed, with its children that ended.
     *
     * @param pid its number
     * @return CPU time; zero if it is gone; empty if this machine does not tell
     */
    Optional<Duration> cpuTime(long pid);

    /**
     * Tells whether a process was given a variable in its environment; it may have changed that since.
     *
     * @param pid its number
     * @param variable name and value, with {@code =} between them
     * @return true if it was
     */
    boolean carries(long pid, String variable);

    /**
     * Lists those of some processes that were given a variable.
     *
     * @param variable name and value, with {@code =} between them
     * @param among who is looked at
     * @return their numbers
     */
    Set<Long> carriers(String variable, List<Entry> among);

    /**
     * Returns program and arguments of a process.
     *
     * @param pid its number
     * @return empty if they can't be told
     */
    List<String> arguments(long pid);

    /**
     * Returns what a process calls itself.
     *
     * @param pid its number
     * @return any text; empty if it is gone or that can't be told
     */
    String name(long pid);

    /**
     * Tells whether it is certain that a process began before another one.
     *
     * @param one the one
     * @param other the other
     * @return false also if it can't be told
     */
    boolean beganBefore(ProcessIdentity one, ProcessIdentity other);

    /**
     * Tells whether a process, alive or gone, may have been given its number by this table. The numbers of a machine or a
     * container that was started again since say nothing: whoever has them now is somebody else.
     *
     * @param identity who it is or was
     * @return false if it is certain that it was not
     */
    boolean numbers(ProcessIdentity identity);

    /**
     * Tells whether a process is alive and still the same.
     *
     * @param identity who it is
     * @return true if it is
     */
    default boolean isAlive(ProcessIdentity identity) {
        return find(identity.pid())
                .filter(entry -> entry.identity().equals(identity))
                .isPresent();
    }

    /**
     * Tells who this process is.
     *
     * @return its identity
     */
    default ProcessIdentity self() {
        return find(ProcessHandle.current().pid())
                .orElseThrow(() -> new IllegalStateException("this process is not in the table"))
                .identity();
    }

    /**
     * Tells whether the memory of processes can be told here.
     *
     * @return false if {@link #privateBytes} knows nothing
     */
    default boolean tellsMemory() {
        return privateBytes(self().pid()) > 0;
    }

    /**
     * Picks what this machine offers.
     *
     * @return the table
     */
    static ProcessTable ofThisMachine() {
        return ProcFilesystem.isPresent() ? new ProcFilesystem() : new PortableProcessTable();
    }
}
