package skillrunner.domain.run;

import java.util.Objects;

/**
 * Who an attempt's process is: the one that outlives the server, records the end, and above which nothing of the attempt
 * stands. Can't be mistaken for another process that is given the same number later, also after a restart of the machine.
 *
 * @param pid its number
 * @param start when it started: boot id and clock ticks on Linux, a date elsewhere
 * @param isolation what keeps everything below it together
 */
public record AgentProcess(long pid, String start, ProcessIsolation isolation) {
    /** Refuses null parts. */
    public AgentProcess {
        Objects.requireNonNull(start);
        Objects.requireNonNull(isolation);
    }
}
