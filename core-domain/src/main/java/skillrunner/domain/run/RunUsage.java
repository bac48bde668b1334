package skillrunner.domain.run;

/**
 * What a turn has taken of the machine so far, as far as it was looked at; what was not looked at counts as nothing.
 *
 * @param outputBytes what it wrote to both streams
 * @param workspaceBytes what the files of its workspace hold
 * @param workspaceFiles how many files and folders its workspace holds
 * @param processes how many processes it has
 * @param memoryBytes what these hold that is not shared with others
 */
public record RunUsage(long outputBytes, long workspaceBytes, long workspaceFiles, long processes, long memoryBytes) {
    /** Nothing. */
    public static final RunUsage NONE = new RunUsage(0, 0, 0, 0, 0);

    /**
     * Replaces what was written to the streams.
     *
     * @param bytes of both together
     * @return the usage with it
     */
    public RunUsage withOutput(long bytes) {
        return new RunUsage(bytes, workspaceBytes, workspaceFiles, processes, memoryBytes);
    }

    /**
     * Replaces what the workspace holds.
     *
     * @param bytes in its files
     * @param files and folders
     * @return the usage with it
     */
    public RunUsage withWorkspace(long bytes, long files) {
        return new RunUsage(outputBytes, bytes, files, processes, memoryBytes);
    }

    /**
     * Replaces what the processes hold.
     *
     * @param number of processes
     * @param bytes of memory
     * @return the usage with it
     */
    public RunUsage withProcesses(long number, long bytes) {
        return new RunUsage(outputBytes, workspaceBytes, workspaceFiles, number, bytes);
    }
}
