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

/** Removes rows of requests that have no run, from whichever table they stand in. */
abstract class UnservedRows implements UnservedRequests {
    /** Greater than every text that a moment can be. */
    private static final String ANY_TIME = "~";

    private final Transactions database;

    UnservedRows(Transactions database) {
        this.database = Objects.requireNonNull(database);
    }

    /** Marks those that are older than a moment. */
    abstract void mark(RemovalDao removals, String before, String now);

    /** Tells which are marked, a page of them. */
    abstract List<String> marked(RemovalDao removals, String after);

    /** Removes rows, if they are marked. */
    abstract int delete(RemovalDao removals, List<String> requests);

    @Override
    public void mark(Optional<Instant> before, Instant now) {
        database.write(handle -> {
            mark(
                    handle.attach(RemovalDao.class),
                    before.map(TimestampColumns::text).orElse(ANY_TIME),
                    TimestampColumns.text(now));
            return true;
        });
    }

    @Override
    public List<RequestId> marked(Optional<RequestId> after) {
        return database.read(
                handle -> marked(
                                handle.attach(RemovalDao.class),
                                after.map(RequestId::value).orElse(""))
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
        return database.write(handle -> delete(handle.attach(RemovalDao.class), ids));
    }
}
