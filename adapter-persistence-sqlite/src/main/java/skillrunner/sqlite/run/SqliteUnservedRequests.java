package skillrunner.sqlite.run;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.sqlite.file.Transactions;

/** Removes rows of requests that have no run in SQLite. */
public final class SqliteUnservedRequests extends UnservedRows {
    private final SqliteRuns store;

    public SqliteUnservedRequests(Transactions database, SqliteRuns store) {
        super(database);
        this.store = Objects.requireNonNull(store);
    }

    @Override
    public void mark(Optional<Instant> before, Instant now) {
        try {
            super.mark(before, now);
        } finally {
            store.forgetEverything();
        }
    }

    @Override
    void mark(RemovalDao removals, String before, String now) {
        removals.markUnserved(before, now);
        removals.forgetUnservedKeys();
    }

    @Override
    List<String> marked(RemovalDao removals, String after) {
        return removals.unserved(after, PAGE);
    }

    @Override
    int delete(RemovalDao removals, List<String> requests) {
        return removals.deleteUnserved(requests);
    }
}
