package skillrunner.sqlite.run;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.AwaitingRequest;
import skillrunner.application.run.RunQuery;
import skillrunner.application.run.admission.KeyedAcceptance;
import skillrunner.application.run.admission.TempRequests;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.TempRequest;
import skillrunner.sqlite.file.TimestampColumns;
import skillrunner.sqlite.file.Transactions;

/** Requests whose skill has yet to come, in SQLite. */
public final class SqliteTempRequests implements TempRequests {
    private final Transactions database;

    public SqliteTempRequests(Transactions database) {
        this.database = Objects.requireNonNull(database);
    }

    @Override
    public boolean add(TempRequest request, Optional<KeyedAcceptance> keyed) {
        return database.write(handle -> {
            if (UsedKeys.contain(handle, keyed)) {
                return false;
            }
            handle.attach(TempRequestDao.class).insert(TempRequestRow.of(request, keyed));
            return true;
        });
    }

    @Override
    public Optional<TempRequest> find(RequestId id) {
        return database.read(
                handle -> handle.attach(TempRequestDao.class).find(id.value()).map(TempRequestRow::toRequest));
    }

    @Override
    public List<AwaitingRequest> awaiting(RunQuery query) {
        if (query.skill().isPresent()) {
            return List.of();
        }
        String since = query.since().map(TimestampColumns::text).orElse("");
        String engine = query.engine().map(EngineId::wire).orElse(null);
        return database.read(handle -> handle.attach(TempRequestDao.class).newest(since, engine, query.limit()).stream()
                .map(TempRequestRow::toRequest)
                .map(AwaitingRequest::of)
                .toList());
    }

    @Override
    public boolean reject(TempRequest rejected) {
        return database.write(handle ->
                handle.attach(TempRequestDao.class).reject(TempRequestRow.of(rejected, Optional.empty())) == 1);
    }
}
