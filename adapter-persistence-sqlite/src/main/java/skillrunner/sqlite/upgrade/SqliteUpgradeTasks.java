package skillrunner.sqlite.upgrade;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.upgrade.UpgradeTasks;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.upgrade.UpgradeChange;
import skillrunner.domain.upgrade.UpgradeId;
import skillrunner.domain.upgrade.UpgradeTask;
import skillrunner.sqlite.file.Transactions;

/** Upgrade tasks in SQLite. That at most one is active is the rule of an index, not of this class. */
public final class SqliteUpgradeTasks implements UpgradeTasks {
    private final Transactions database;

    public SqliteUpgradeTasks(Transactions database) {
        this.database = Objects.requireNonNull(database);
    }

    @Override
    public boolean addIfNoneActive(UpgradeTask task) {
        return database.write(handle -> handle.attach(UpgradeDao.class).insert(UpgradeRow.of(task)) == 1);
    }

    @Override
    public boolean save(UpgradeChange change) {
        return database.write(handle -> {
            UpgradeDao tasks = handle.attach(UpgradeDao.class);
            // Another program may have spelled the results in its own way, so they are compared as values. The
            // transaction
            // holds the write lock from its start, so nobody can come between.
            Optional<UpgradeTask> stored =
                    tasks.find(change.before().id().value()).map(UpgradeRow::toTask);
            return stored.filter(change::appliesTo).isPresent()
                    && tasks.move(
                                    UpgradeRow.of(change.after()),
                                    change.before().status().wire())
                            == 1;
        });
    }

    @Override
    public Optional<UpgradeTask> find(UpgradeId id) {
        return database.read(
                handle -> handle.attach(UpgradeDao.class).find(id.value()).map(UpgradeRow::toTask));
    }

    @Override
    public List<UpgradeTask> active() {
        return database.read(handle -> handle.attach(UpgradeDao.class).active().stream()
                .map(UpgradeRow::toTask)
                .toList());
    }

    @Override
    public Optional<UpgradeTask> latestPlanning(EngineId engine) {
        return database.read(handle -> handle.attach(UpgradeDao.class)
                .latestPlanning(engine.wire(), EngineId.BUILT_IN.contains(engine))
                .map(UpgradeRow::toTask));
    }
}
