package skillrunner.domain.store;

import java.util.Optional;

/**
 * Compares a database with what an installation wrote down about it. What is written down may lag, because a database is
 * written first; so nothing but a database that has come less far, or another one, is objected to.
 */
public final class StorePolicy {
    private StorePolicy() {}

    /**
     * Looks for a reason not to use a database.
     *
     * @param recorded what was written down, if anything
     * @param found what the database says of itself
     * @return half a sentence about the database, or empty
     */
    public static Optional<String> objection(Optional<StoreMark> recorded, StoreMark found) {
        if (recorded.isEmpty()) {
            return Optional.empty();
        }
        StoreMark known = recorded.get();
        if (!known.id().equals(found.id())) {
            return Optional.of("belongs to another installation");
        }
        if (found.isBefore(known)) {
            return Optional.of("is older than what this installation last knew (start " + found.starts() + " of "
                    + known.starts() + ", sequence " + found.sequence() + " of " + known.sequence() + ")");
        }
        return Optional.empty();
    }
}
