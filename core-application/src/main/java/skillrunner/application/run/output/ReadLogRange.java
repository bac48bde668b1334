package skillrunner.application.run.output;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RunId;

/**
 * Reads a part of what one attempt wrote, by byte offsets within the attempt: what the reference of an event points at.
 * Safe for concurrent use.
 */
public final class ReadLogRange {
    /** Most bytes of one answer. */
    public static final int MAX_BYTES = 1024 * 1024;

    private final RunOutput output;

    public ReadLogRange(RunOutput output) {
        this.output = Objects.requireNonNull(output);
    }

    /**
     * Reads a part.
     *
     * @param run the run
     * @param stream which stream; empty for one that no attempt has, of which there is nothing
     * @param attempt number of the attempt, from 1; empty for the newest
     * @param from offset of the first byte; clamped to what is there
     * @param to offset after the last byte; clamped to what is there and to {@link #MAX_BYTES} after the first
     * @return the part; empty if {@code to} is 0
     * @throws RefusedException with {@code REQUEST_INVALID} if there is no such attempt, or the part ends before it begins
     */
    public Range read(RunId run, Optional<OutputStreamKind> stream, OptionalInt attempt, long from, long to) {
        // Before the first attempt has opened its files, it is there and has written nothing.
        int newest = Math.max(1, output.attempts(run));
        int number = attempt.orElse(newest);
        if (number < 1 || number > newest) {
            throw RefusedException.invalid("/attempt", "attempt not found");
        }
        if (to > 0 && to < from) {
            throw RefusedException.invalid("/byte_to", "must not be less than byte_from");
        }
        Optional<StoredBytes> stored = stream.flatMap(kind -> output.attempt(run, kind, number));
        long size = stored.map(StoredBytes::size).orElse(0L);
        long first = Math.min(from, size);
        long last = Math.min(Math.max(first, to), Math.min(size, first + MAX_BYTES));
        return new Range(number, size, first, last, stored);
    }

    /**
     * A part of an attempt's output.
     *
     * @param attempt number of the attempt
     * @param size how many bytes the attempt has written so far
     * @param from offset of the first byte
     * @param to offset after the last byte
     * @param stored holds the bytes; empty if there are none
     */
    public record Range(int attempt, long size, long from, long to, Optional<StoredBytes> stored) {
        /** Refuses null parts. */
        public Range {
            Objects.requireNonNull(stored);
        }
    }
}
