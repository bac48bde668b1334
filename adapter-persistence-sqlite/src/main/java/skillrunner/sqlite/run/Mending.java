package skillrunner.sqlite.run;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;
import skillrunner.sqlite.file.TimestampColumns;

/** Neutral values for columns that can't be read. */
final class Mending {
    /** In the place of an id. */
    static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    /** In the place of a name. */
    static final String DAMAGED = "damaged";

    private Mending() {}

    static <T> Optional<T> read(Supplier<T> reading) {
        try {
            return Optional.ofNullable(reading.get());
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /**
     * Fetches rows. What the database itself reports tells nothing of a row and is thrown on; a row that can't be made out
     * of its columns is empty.
     */
    static <T> Optional<T> fetch(Supplier<T> fetching) {
        try {
            return Optional.of(fetching.get());
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLiteException) {
                    throw e;
                }
            }
            return Optional.empty();
        }
    }

    static String text(@Nullable String column, Function<String, ?> reading, String neutral) {
        return column != null && read(() -> reading.apply(column)).isPresent() ? column : neutral;
    }

    static String moment(@Nullable String column) {
        return text(column, TimestampColumns::moment, TimestampColumns.text(Instant.EPOCH));
    }

    static @Nullable String optionalMoment(@Nullable String column) {
        return column != null && read(() -> TimestampColumns.moment(column)).isPresent() ? column : null;
    }
}
