package skillrunner.sqlite.run;

import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.admission.KeyedAcceptance;
import skillrunner.application.run.admission.TempRequests;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.TempRequest;
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
    public boolean reject(TempRequest rejected) {
        return database.write(handle ->
                handle.attach(TempRequestDao.class).reject(TempRequestRow.of(rejected, Optional.empty())) == 1);
    }
}
