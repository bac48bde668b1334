package skillrunner.application.run.output;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.Runs;
import skillrunner.application.run.Subscription;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;

/**
 * Reads one output stream of a run as the bytes it is, from any offset over all its attempts, and tells whether more may
 * follow. Safe for concurrent use.
 */
public final class ReadStretch {
    private final Runs runs;
    private final RunOutput output;
    private final RunSignals signals;

    public ReadStretch(Runs runs, RunOutput output, RunSignals signals) {
        this.runs = Objects.requireNonNull(runs);
        this.output = Objects.requireNonNull(output);
        this.signals = Objects.requireNonNull(signals);
    }

    /**
     * Finds what there is at an offset.
     *
     * @param id the run
     * @param stream which stream
     * @param wanted offset of the first byte; clamped to what is there
     * @return the bytes of the attempt that the offset lies in, or empty if the run was removed
     */
    public Optional<Stretch> find(RunId id, OutputStreamKind stream, long wanted) {
        // The status is read before the output: whatever was written before the end is then seen.
        return runs.find(id).map(run -> stretch(run, stream, Math.max(0, wanted)));
    }

    /**
     * Begins to watch a run.
     *
     * @param id the run
     * @param wakeUp called from any thread when there may be more
     * @return ends the watch
     */
    public Subscription watch(RunId id, Runnable wakeUp) {
        return signals.watch(id, wakeUp);
    }

    private Stretch stretch(Run run, OutputStreamKind stream, long wanted) {
        boolean ended = run.status().isTerminal();
        int attempts = output.attempts(run.id());
        long start = 0;
        for (int attempt = 1; attempt <= attempts; attempt++) {
            boolean newest = attempt == attempts;
            Optional<StoredBytes> stored = output.attempt(run.id(), stream, attempt);
            long end = start + stored.map(StoredBytes::size).orElse(0L);
            if (wanted < end || newest) {
                return new Stretch(start, Math.min(wanted, end), end, newest, newest && ended, stored);
            }
            start = end;
        }
        return new Stretch(0, 0, 0, true, ended, Optional.empty());
    }

    /**
     * Bytes of one attempt.
     *
     * @param start offset of the attempt's first byte, over all attempts
     * @param from offset of the first byte wanted
     * @param to offset after the last byte that is there
     * @param newest whether nothing lies behind {@code to} now
     * @param closed whether nothing will ever lie behind {@code to}
     * @param stored holds the bytes of the attempt; empty if there are none
     */
    public record Stretch(
            long start, long from, long to, boolean newest, boolean closed, Optional<StoredBytes> stored) {
        /** Refuses null parts. */
        public Stretch {
            Objects.requireNonNull(stored);
        }

        /**
         * Opens the first of the bytes.
         *
         * @param max at most so many
         * @return the bytes; the caller closes them
         * @throws IOException if the file went away
         */
        public InputStream open(long max) throws IOException {
            return stored.isPresent()
                    ? stored.get().opening().open(from - start, Math.min(max, to - from))
                    : InputStream.nullInputStream();
        }
    }
}
