package skillrunner.sqlite.run;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.interaction.Interactions;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.run.RunChange;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunStatus;
import skillrunner.sqlite.file.Transactions;

/** Questions of runs in SQLite. A run and its question change in one transaction, which holds the write lock from its start. */
public final class SqliteInteractions implements Interactions {
    private final Transactions database;
    private final SqliteRuns store;

    public SqliteInteractions(Transactions database, SqliteRuns store) {
        this.database = Objects.requireNonNull(database);
        this.store = Objects.requireNonNull(store);
    }

    @Override
    public boolean ask(RunChange change, Interaction asked) {
        RunId run = change.after().id();
        return store.together(run, handle -> {
            if (!SqliteRuns.move(handle, change)) {
                return false;
            }
            handle.attach(InteractionDao.class).insert(InteractionRow.of(run, asked));
            return true;
        });
    }

    @Override
    public Deciding decide(RunChange change, Interaction decided, int maxQueued) {
        RunId run = change.after().id();
        return store.together(run, handle -> {
            InteractionDao interactions = handle.attach(InteractionDao.class);
            boolean waits = interactions
                    .pending(run.value())
                    .filter(pending -> pending.number() == decided.number())
                    .isPresent();
            boolean applies = handle.attach(RunDao.class)
                    .find(run.value())
                    .filter(row -> change.appliesTo(row.toRun()))
                    .isPresent();
            if (!waits || !applies) {
                return Deciding.TOO_LATE;
            }
            if (change.after().status() == RunStatus.QUEUED
                    && handle.attach(RunDao.class).countQueued() >= maxQueued) {
                return Deciding.QUEUE_FULL;
            }
            interactions.decide(InteractionRow.of(run, decided));
            SqliteRuns.move(handle, change);
            return Deciding.DECIDED;
        });
    }

    @Override
    public Optional<Interaction> find(RunId run, int number) {
        return database.read(handle ->
                handle.attach(InteractionDao.class).find(run.value(), number).map(InteractionRow::toInteraction));
    }

    @Override
    public List<Interaction> all(RunId run) {
        return database.read(handle -> handle.attach(InteractionDao.class).all(run.value()).stream()
                .map(InteractionRow::toInteraction)
                .toList());
    }

    @Override
    public List<Timed> withDeadline() {
        return database.read(handle -> handle.attach(InteractionDao.class).withDeadline().stream()
                .map(row -> new Timed(new RunId(row.runId()), row.toInteraction()))
                .toList());
    }
}
