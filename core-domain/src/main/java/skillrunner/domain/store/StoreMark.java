package skillrunner.domain.store;

import java.util.Objects;

/**
 * Which database it is and how far it has come. Both counts only grow.
 *
 * @param id made with the database, never changed
 * @param starts how often a server has begun to use it
 * @param sequence the sum of all sequences that were ever given in it
 */
public record StoreMark(String id, long starts, long sequence) {
    /** Refuses null parts. */
    public StoreMark {
        Objects.requireNonNull(id);
    }

    /**
     * Tells whether a database has come less far than another state of it.
     *
     * @param other the other state
     * @return true if anything is missing here
     */
    boolean isBefore(StoreMark other) {
        return starts < other.starts() || sequence < other.sequence();
    }
}
