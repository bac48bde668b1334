package skillrunner.application.run.journal;

import java.time.Instant;
import java.util.Collection;
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
 * @param enough no more once those that were found have so many characters together
 */
public record JournalQuery(
        long fromSeq, long toSeq, Optional<Instant> fromTime, Optional<Instant> toTime, int limit, long enough) {
    /** Refuses null, negative numbers and what is no limit. */
    public JournalQuery {
        Objects.requireNonNull(fromTime);
        Objects.requireNonNull(toTime);
        if (fromSeq < 0 || toSeq < 0 || limit < 1 || enough < 1) {
            throw new IllegalArgumentException("not a query: " + fromSeq + " to " + toSeq + ", " + limit);
        }
    }

    /**
     * Asks for events however long they are.
     *
     * @param fromSeq the least number
     * @param toSeq the greatest number
     * @param fromTime the earliest moment
     * @param toTime the latest moment
     * @param limit at most so many
     */
    public JournalQuery(long fromSeq, long toSeq, Optional<Instant> fromTime, Optional<Instant> toTime, int limit) {
        this(fromSeq, toSeq, fromTime, toTime, limit, Long.MAX_VALUE);
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
     * Asks for the same, but for no more than is held at once.
     *
     * @param characters once those that were found have so many together, they are enough
     * @return the query
     */
    public JournalQuery upTo(long characters) {
        return new JournalQuery(fromSeq, toSeq, fromTime, toTime, limit, characters);
    }

    /**
     * Tells whether no more is wanted.
     *
     * @param found what was found
     * @return whether there are as many events, or characters, as were asked for
     */
    public boolean isEnough(Collection<JournalEvent> found) {
        return found.size() >= limit || length(found) >= enough;
    }

    /** How many characters some events have together. */
    static long length(Collection<JournalEvent> events) {
        return events.stream().mapToLong(JournalEvent::length).sum();
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
