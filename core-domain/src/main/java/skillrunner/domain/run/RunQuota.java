package skillrunner.domain.run;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * How much one run may take of the machine. Zero means: as much as it likes.
 *
 * @param outputBytes what a run may write to both streams
 * @param workspaceBytes what the files of its workspace may hold
 * @param workspaceFiles how many files and folders its workspace may hold
 * @param processes how many processes it may have at once
 * @param memoryBytes what these may hold together
 */
public record RunQuota(long outputBytes, long workspaceBytes, long workspaceFiles, long processes, long memoryBytes) {
    /** Nothing is limited. */
    public static final RunQuota UNLIMITED = new RunQuota(0, 0, 0, 0, 0);

    private record Rule(ToLongFunction<RunQuota> limit, ToLongFunction<RunUsage> used, RunFailureCode breach) {
        boolean isBroken(RunQuota quota, RunUsage usage) {
            long most = limit.applyAsLong(quota);
            return most > 0 && used.applyAsLong(usage) > most;
        }
    }

    /** What harms others soonest comes first. */
    private static final List<Rule> RULES = List.of(
            new Rule(RunQuota::processes, RunUsage::processes, RunFailureCode.PROCESS_LIMIT_EXCEEDED),
            new Rule(RunQuota::memoryBytes, RunUsage::memoryBytes, RunFailureCode.MEMORY_LIMIT_EXCEEDED),
            new Rule(RunQuota::outputBytes, RunUsage::outputBytes, RunFailureCode.OUTPUT_LIMIT_EXCEEDED),
            new Rule(RunQuota::workspaceBytes, RunUsage::workspaceBytes, RunFailureCode.FILE_LIMIT_EXCEEDED),
            new Rule(RunQuota::workspaceFiles, RunUsage::workspaceFiles, RunFailureCode.FILE_LIMIT_EXCEEDED));

    /** Refuses limits below zero. */
    public RunQuota {
        LimitRules.refuseNegative("outputBytes", outputBytes);
        LimitRules.refuseNegative("workspaceBytes", workspaceBytes);
        LimitRules.refuseNegative("workspaceFiles", workspaceFiles);
        LimitRules.refuseNegative("processes", processes);
        LimitRules.refuseNegative("memoryBytes", memoryBytes);
    }

    /**
     * Judges what a run has taken.
     *
     * @param usage what it has taken
     * @return the limit it exceeds, or empty
     */
    public Optional<RunFailureCode> breach(RunUsage usage) {
        return RULES.stream()
                .filter(rule -> rule.isBroken(this, usage))
                .findFirst()
                .map(Rule::breach);
    }

    /**
     * Tells whether processes have to be looked at.
     *
     * @return false if nothing that they hold is limited
     */
    public boolean limitsProcesses() {
        return processes > 0 || memoryBytes > 0;
    }

    /**
     * Tells whether the workspace has to be looked at.
     *
     * @return false if nothing that it holds is limited
     */
    public boolean limitsWorkspace() {
        return workspaceBytes > 0 || workspaceFiles > 0;
    }

    /**
     * Returns how large any file that a run writes may become, so that the kernel can hold what grows faster than anybody looks.
     *
     * @return bytes; 0 if a file may be as large as it likes
     */
    public long largestFileBytes() {
        return outputBytes == 0 || workspaceBytes == 0 ? 0 : Math.max(outputBytes, workspaceBytes);
    }
}
