package skillrunner.process.table;

import java.util.Objects;
import skillrunner.domain.run.AgentProcess;
import skillrunner.domain.run.ProcessIsolation;

/**
 * A process that can't be mistaken for another one with the same number.
 *
 * @param pid its number
 * @param start when it started: boot id and clock ticks on Linux, a date elsewhere
 */
public record ProcessIdentity(long pid, String start) {
    /** Refuses null parts. */
    public ProcessIdentity {
        Objects.requireNonNull(start);
    }

    /**
     * Takes the identity of an agent's process.
     *
     * @param process the process
     * @return who it is
     */
    public static ProcessIdentity of(AgentProcess process) {
        return new ProcessIdentity(process.pid(), process.start());
    }

    /**
     * Makes an agent's process of it.
     *
     * @param isolation what keeps together what it starts
     * @return the process
     */
    public AgentProcess isolatedBy(ProcessIsolation isolation) {
        return new AgentProcess(pid, start, isolation);
    }
}
