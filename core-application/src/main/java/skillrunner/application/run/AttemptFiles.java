package skillrunner.application.run;

import java.util.Objects;

/**
 * Where an attempt's process reads and writes. All paths are absolute and of this machine; never stored.
 *
 * @param runDirectory the run directory, which is the process's working directory
 * @param watchDirectory the folder in which all of the following files lie, except the temporary folder
 * @param stdin what the process reads
 * @param stdout what it writes
 * @param stderr what it writes as diagnostics
 * @param processRecord who the process is, written when it starts
 * @param exitRecord how it ended, written when it ends
 * @param temporary its folder for temporary files
 */
public record AttemptFiles(
        String runDirectory,
        String watchDirectory,
        String stdin,
        String stdout,
        String stderr,
        String processRecord,
        String exitRecord,
        String temporary) {
    /** Refuses null parts. */
    public AttemptFiles {
        Objects.requireNonNull(runDirectory);
        Objects.requireNonNull(watchDirectory);
        Objects.requireNonNull(stdin);
        Objects.requireNonNull(stdout);
        Objects.requireNonNull(stderr);
        Objects.requireNonNull(processRecord);
        Objects.requireNonNull(exitRecord);
        Objects.requireNonNull(temporary);
    }
}
