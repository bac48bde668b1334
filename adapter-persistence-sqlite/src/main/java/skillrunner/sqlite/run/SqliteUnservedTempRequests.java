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

/** Removes rows of requests whose skill never came in SQLite. */
public final class SqliteUnservedTempRequests implements UnservedRequests {
    private final Transactions database;

    public SqliteUnservedTempRequests(Transactions database) {
        this.database = Objects.requireNonNull(database);
    }

    @Override
    public void mark(Optional<Instant> before, Instant now) {
        database.write(handle -> {
            handle.attach(RemovalDao.class)
                    .markTemporary(
                            before.map(TimestampColumns::text).orElse(SqliteUnservedRequests.ANY_TIME),
                            TimestampColumns.text(now));
            return true;
        });
    }

    @Override
    public List<RequestId> marked(Optional<RequestId> after) {
        return database.read(handle ->
                handle
                        .attach(RemovalDao.class)
                        .temporary(after.map(RequestId::value).orElse(""), PAGE)
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
        return database.write(handle -> handle.attach(RemovalDao.class).deleteTemporary(ids));
    }
}
