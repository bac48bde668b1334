package skillrunner.application.run.journal;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Which events of one stream of one attempt are wanted. All limits are inclusive; limits that exclude each other give nothing.
 *
 * @param fromSeq the least number
 * @param toSeq the greatest number
 * @param fromTime the earliest moment; events without a readable moment pass
 * @param toTime the latest moment; events without a readable moment pass
 * @param limit at most so many
 */
public record JournalQuery(long fromSeq, long toSeq, Optional<Instant> fromTime, Optional<Instant> toTime, int limit) {
    /** Refuses null, negative numbers and what is no limit. */
    public JournalQuery {
        Objects.requireNonNull(fromTime);
        Objects.requireNonNull(toTime);
        if (fromSeq < 0 || toSeq < 0 || limit < 1) {
            throw new IllegalArgumentException("not a query: " + fromSeq + " to " + toSeq + ", " + limit);
        }
    }

    /**
     * Asks for what follows an event.
     *
     * @param seq its number; 0 for the beginning
     * @param limit at most so many
     * @return the query
     */
    public static JournalQuery behind(long seq, int limit) {
        return new JournalQuery(seq + 1, Long.MAX_VALUE, Optional.empty(), Optional.empty(), limit);
    }

    /**
     * Tells whether an event is wanted.
     *
     * @param seq its number
     * @param at its moment, if it can be read
     * @return whether it is
     */
    public boolean wants(long seq, Optional<Instant> at) {
        return seq >= fromSeq
                && seq <= toSeq
                && at.filter(moment -> fromTime.filter(moment::isBefore).isPresent()
                                || toTime.filter(moment::isAfter).isPresent())
                        .isEmpty();
    }
}
