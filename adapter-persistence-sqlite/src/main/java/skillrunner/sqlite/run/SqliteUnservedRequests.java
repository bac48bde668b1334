package skillrunner.sqlite.run;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.retention.UnservedRequests;
import skillrunner.domain.run.RequestId;
import skillrunner.sqlite.file.TimestampColumns;
import skillrunner.sqlite.file.Transactions;

/** Removes rows of requests that have no run in SQLite. */
public final class SqliteUnservedRequests implements UnservedRequests {
    /** Greater than every text that a moment can be. */
    static final String ANY_TIME = "~";

    private final Transactions database;
    private final SqliteRuns store;

    public SqliteUnservedRequests(Transactions database, SqliteRuns store) {
        this.database = Objects.requireNonNull(database);
        this.store = Objects.requireNonNull(store);
    }

    @Override
    public void mark(Optional<Instant> before, Instant now) {
        try {
            database.write(handle -> {
                RemovalDao removals = handle.attach(RemovalDao.class);
                removals.markUnserved(before.map(TimestampColumns::text).orElse(ANY_TIME), TimestampColumns.text(now));
                removals.forgetUnservedKeys();
                return true;
            });
        } finally {
            store.forgetEverything();
        }
    }

    @Override
    public List<RequestId> marked(Optional<RequestId> after) {
        return database.read(handle ->
                handle
                        .attach(RemovalDao.class)
                        .unserved(after.map(RequestId::value).orElse(""), PAGE)
                        .stream()
                        .map(RequestId::new)
                        .toList());
    }

    @Override
    public int delete(Collection<RequestId> requests) {
        if (requests.isEmpty()) {
            return 0;
        }
        List<String> ids = requests.stream().map(RequestId::value).toList();
        return database.write(handle -> handle.attach(RemovalDao.class).deleteUnserved(ids));
    }
}
