package skillrunner.application.run.output;

import java.util.Objects;
import java.util.Optional;

/**
 * What a client wants to follow, and from where.
 *
 * @param stdout first offset wanted; clamped to what is there
 * @param stderr first offset wanted; clamped to what is there
 * @param log whether the output is wanted
 * @param cursor number of the last event that the client has, clamped to what is there; empty if it wants no events
 */
public record StreamStart(long stdout, long stderr, boolean log, Optional<Long> cursor) {
    /** Refuses null. */
    public StreamStart {
        Objects.requireNonNull(cursor);
    }

    /**
     * The output alone.
     *
     * @param stdout first offset wanted
     * @param stderr first offset wanted
     * @return the start
     */
    public static StreamStart ofLog(long stdout, long stderr) {
        return new StreamStart(stdout, stderr, true, Optional.empty());
    }
}
