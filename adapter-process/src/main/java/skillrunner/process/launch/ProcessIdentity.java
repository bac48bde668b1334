package skillrunner.process.launch;

import java.util.Objects;
import skillrunner.application.run.AgentProcess;
import skillrunner.application.run.ProcessIsolation;

/**
 * A process that can't be mistaken for another one with the same number.
 *
 * @param pid its number
 * @param start when it started: boot id and clock ticks on Linux, a date elsewhere
 */
record ProcessIdentity(long pid, String start) {
    ProcessIdentity {
        Objects.requireNonNull(start);
    }

    static ProcessIdentity of(AgentProcess process) {
        return new ProcessIdentity(process.pid(), process.start());
    }

    AgentProcess isolatedBy(ProcessIsolation isolation) {
        return new AgentProcess(pid, start, isolation);
    }
}
