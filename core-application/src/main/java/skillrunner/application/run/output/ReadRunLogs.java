package skillrunner.application.run.output;

import java.util.Objects;
import java.util.Optional;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RunId;

/** Finds the output of a run's newest attempt. Safe for concurrent use. */
public final class ReadRunLogs {
    /** So much of each stream is shown at most, in bytes; the rest can be had as a stream of events. */
    public static final int MAX_BYTES = 8 * 1024 * 1024;

    private final RunOutput output;

    public ReadRunLogs(RunOutput output) {
        this.output = Objects.requireNonNull(output);
    }

    /**
     * Finds the logs as they are now.
     *
     * @param run the run
     * @return prompt and streams, each absent if it does not exist yet
     */
    public Logs read(RunId run) {
        return new Logs(
                output.prompt(run),
                output.newest(run, OutputStreamKind.STDOUT),
                output.newest(run, OutputStreamKind.STDERR));
    }

    /**
     * The logs of an attempt.
     *
     * @param prompt what the engine was told
     * @param stdout what it reported
     * @param stderr its diagnostics
     */
    public record Logs(Optional<StoredBytes> prompt, Optional<StoredBytes> stdout, Optional<StoredBytes> stderr) {
        /** Refuses null parts. */
        public Logs {
            Objects.requireNonNull(prompt);
            Objects.requireNonNull(stdout);
            Objects.requireNonNull(stderr);
        }

        /**
         * Tells how much of a stream is left out.
         *
         * @param stream the stream
         * @return offset of the first byte that is shown
         */
        public static long from(StoredBytes stream) {
            return Math.max(0, stream.size() - MAX_BYTES);
        }

        /**
         * Tells whether the beginning of a stream is left out.
         *
         * @return true if it is
         */
        public boolean truncated() {
            return stdout.filter(it -> from(it) > 0).isPresent()
                    || stderr.filter(it -> from(it) > 0).isPresent();
        }
    }
}
