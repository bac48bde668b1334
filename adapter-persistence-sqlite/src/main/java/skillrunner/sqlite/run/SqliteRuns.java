package skillrunner.sqlite.run;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.Attempt;
import skillrunner.application.run.Attempts;
import skillrunner.application.run.Runs;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;

/** Requests, runs and attempts in SQLite. Each rule that must survive a race is a condition of one statement. */
public final class SqliteRuns implements Runs, Attempts {
    private final Transactions database;

    /**
     * Takes its database.
     *
     * @param database where the tables are
     */
    public SqliteRuns(Transactions database) {
        this.database = Objects.requireNonNull(database);
    }

    @Override
    public void addAwaiting(RunRequest request) {
        database.write(handle -> handle.attach(RequestDao.class).insertOrBind(RequestRow.of(request)));
    }

    @Override
    public Admission admit(RunRequest request, Run run, int maxQueued) {
        return database.write(handle -> {
            RunDao runs = handle.attach(RunDao.class);
            Optional<RequestRow> stored =
                    handle.attach(RequestDao.class).find(request.id().value());
            if (stored.map(RequestRow::runId).isPresent()) {
                return Admission.ALREADY_STARTED;
            }
            // The transaction holds the write lock from its start, so the count can't change before the insert.
            if (runs.countQueued() >= maxQueued) {
                return Admission.QUEUE_FULL;
            }
            runs.insert(RunRow.of(run));
            handle.attach(RequestDao.class).insertOrBind(RequestRow.of(request));
            return Admission.ADMITTED;
        });
    }

    @Override
    public boolean bindToEnded(RunRequest request) {
        return database.write(handle -> handle.attach(RequestDao.class).insertOrBind(RequestRow.of(request)) == 1);
    }

    @Override
    public Optional<RunRequest> findRequest(RequestId id) {
        return database.read(
                handle -> handle.attach(RequestDao.class).find(id.value()).map(RequestRow::toRequest));
    }

    @Override
    public Optional<Run> find(RunId id) {
        return database.read(
                handle -> handle.attach(RunDao.class).find(id.value()).map(RunRow::toRun));
    }

    @Override
    public Optional<Run> takeNextQueued(String node, Instant now) {
        return database.write(handle -> handle.attach(RunDao.class)
                .takeNextQueued(node, Moments.text(now))
                .map(RunRow::toRun));
    }

    @Override
    public boolean saveRunning(Run run) {
        return database.write(handle -> handle.attach(RunDao.class).saveRunning(RunRow.of(run)) == 1);
    }

    @Override
    public Cancellation requestCancel(RunId id, Instant now) {
        return database.write(handle -> {
            RunDao runs = handle.attach(RunDao.class);
            Run run = runs.find(id.value()).map(RunRow::toRun).orElseThrow(NoSuchElementException::new);
            if (run.status() == RunStatus.QUEUED && runs.cancelQueued(RunRow.of(run.canceled(now))) == 1) {
                return Cancellation.CANCELED;
            }
            if (runs.requestCancel(id.value(), Moments.text(now)) == 1) {
                return Cancellation.REQUESTED;
            }
            return run.status().isTerminal() ? Cancellation.ENDED : Cancellation.ALREADY_REQUESTED;
        });
    }

    @Override
    public List<Run> inStatus(RunStatus status) {
        return database.read(handle -> handle.attach(RunDao.class).inStatus(status.wire()).stream()
                .map(RunRow::toRun)
                .toList());
    }

    @Override
    public Map<RunStatus, Long> countByStatus() {
        Map<String, Long> stored =
                database.read(handle -> handle.attach(RunDao.class).countByStatus());
        Map<RunStatus, Long> counts = new EnumMap<>(RunStatus.class);
        for (RunStatus status : RunStatus.values()) {
            counts.put(status, stored.getOrDefault(status.wire(), 0L));
        }
        return counts;
    }

    @Override
    public void save(Attempt attempt) {
        database.write(handle -> {
            handle.attach(AttemptDao.class).save(AttemptRow.of(attempt));
            return true;
        });
    }

    @Override
    public Optional<Attempt> find(RunId run, int number) {
        return database.read(handle ->
                handle.attach(AttemptDao.class).find(run.value(), number).map(AttemptRow::toAttempt));
    }
}
