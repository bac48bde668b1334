package skillrunner.sqlite.run;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import skillrunner.application.run.retention.Removed;
import skillrunner.application.run.retention.RunRemovals;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RetentionPolicy;
import skillrunner.domain.run.RunId;
import skillrunner.sqlite.file.TimestampColumns;
import skillrunner.sqlite.file.Transactions;

/** Removes rows of runs in SQLite. Each rule that must survive a race is a condition of one statement. */
public final class SqliteRunRemovals implements RunRemovals {
    private static final int UNMEASURED_AT_ONCE = 10_000;

    private final Transactions database;
    private final SqliteRuns store;

    public SqliteRunRemovals(Transactions database, SqliteRuns store) {
        this.database = Objects.requireNonNull(database);
        this.store = Objects.requireNonNull(store);
    }

    @Override
    public long horizon() {
        return database.read(handle -> dao(handle).newest());
    }

    @Override
    public List<RetentionPolicy.EndedRun> ended(Optional<RunId> after, long horizon) {
        List<EndedRunRow> rows = database.read(handle -> after.isPresent()
                ? dao(handle).endedAfter(after.get().value(), horizon, PAGE)
                : dao(handle).ended(horizon, PAGE));
        return rows.stream().map(EndedRunRow::toEndedRun).toList();
    }

    @Override
    public RetentionPolicy.Kept kept() {
        return database.read(handle -> dao(handle).kept()).toKept();
    }

    @Override
    public void mark(Collection<RunId> runs, Instant now) {
        if (runs.isEmpty()) {
            return;
        }
        List<String> ids = texts(runs);
        String moment = TimestampColumns.text(now);
        writing(handle -> {
            dao(handle).mark(ids, moment);
            dao(handle).markRequests(ids, moment);
            dao(handle).forgetKeys(ids);
            return true;
        });
    }

    @Override
    public List<Marked> marked(Optional<RunId> after) {
        return database.read(handle -> dao(handle)
                .marked(after.map(RunId::value).orElse(""), PAGE)
                .stream()
                .map(run -> new Marked(
                        new RunId(run),
                        dao(handle).requests(run).stream().map(RequestId::new).toList()))
                .toList());
    }

    @Override
    public Removed delete(Collection<RunId> runs) {
        if (runs.isEmpty()) {
            return Removed.NOTHING;
        }
        List<String> ids = texts(runs);
        return writing(handle -> {
            int answers = dao(handle).deleteCacheEntries(ids);
            int requests = dao(handle).deleteRequests(ids);
            return new Removed(dao(handle).deleteRuns(ids), requests, answers);
        });
    }

    @Override
    public List<RunId> unmeasured(Optional<RunId> after) {
        return database.read(
                handle -> dao(handle).unmeasured(after.map(RunId::value).orElse(""), UNMEASURED_AT_ONCE).stream()
                        .map(RunId::new)
                        .toList());
    }

    @Override
    public void remember(RunId run, long bytes) {
        database.write(handle -> {
            dao(handle).remember(run.value(), bytes);
            return true;
        });
    }

    private <T> T writing(Function<Handle, T> work) {
        try {
            return database.write(work);
        } finally {
            store.forgetEverything();
        }
    }

    private static List<String> texts(Collection<RunId> runs) {
        return runs.stream().map(RunId::value).toList();
    }

    private static RemovalDao dao(Handle handle) {
        return handle.attach(RemovalDao.class);
    }
}
