package skillrunner.process.launch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.process.table.ProcessIdentity;
import skillrunner.process.table.ProcessTable;

/** Looks at what the processes of an attempt hold. For one thread. */
final class TreeUsage {
    private final ProcessTable table;
    private final ProcessTree tree;

    TreeUsage(ProcessTable table, ProcessTree tree) {
        this.table = table;
        this.tree = tree;
    }

    /** Memory is not asked for once there are more than enough: who has too many processes is ended anyway. */
    AgentProcesses.Usage look(long enough) {
        List<ProcessIdentity> family = tree.family(enough);
        long memory = family.size() > enough
                ? 0
                : family.stream()
                        .mapToLong(member -> table.privateBytes(member.pid()))
                        .sum();
        return new AgentProcesses.Usage(family.size(), memory);
    }

    /** Empty if there is one of whom nothing can be told. */
    Optional<Duration> cpuTime() {
        Optional<Duration> total = Optional.of(Duration.ZERO);
        for (ProcessIdentity member : tree.family(Long.MAX_VALUE)) {
            Optional<Duration> computed = table.cpuTime(member.pid());
            total = total.flatMap(sum -> computed.map(sum::plus));
        }
        return total;
    }
}
