package skillrunner.application.run.process;

import java.util.Objects;

/**
 * Where an attempt's process reads and writes. All paths are absolute and of this machine; never stored.
 *
 * @param workspace the process's working directory and the only folder of the run that it may write
 * @param watchDirectory the server's folder in which all of the following files lie, except the temporary folder
 * @param stdin what the process reads
 * @param stdout what it writes
 * @param stderr what it writes as diagnostics
 * @param processRecord who the process is, written when it starts
 * @param exitRecord how it ended, written when it ends
 * @param temporary its folder for temporary files, in the workspace
 */
public record AttemptFiles(
        String workspace,
        String watchDirectory,
        String stdin,
        String stdout,
        String stderr,
        String processRecord,
        String exitRecord,
        String temporary) {
    /** Refuses null parts. */
    public AttemptFiles {
        Objects.requireNonNull(workspace);
        Objects.requireNonNull(watchDirectory);
        Objects.requireNonNull(stdin);
        Objects.requireNonNull(stdout);
        Objects.requireNonNull(stderr);
        Objects.requireNonNull(processRecord);
        Objects.requireNonNull(exitRecord);
        Objects.requireNonNull(temporary);
    }
}
