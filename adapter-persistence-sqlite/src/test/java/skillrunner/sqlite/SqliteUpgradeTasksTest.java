package skillrunner.sqlite;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.upgrade.UpgradeTasks;
import skillrunner.testkit.upgrade.UpgradeTasksContract;

/** The store of one real file keeps the promises of its port. */
class SqliteUpgradeTasksTest extends UpgradeTasksContract {
    @TempDir
    private Path folder;

    private Optional<UpgradeDatabase> opened = Optional.empty();

    @Override
    protected UpgradeTasks emptyStore() {
        UpgradeDatabase database = UpgradeDatabase.open(folder.resolve("engine_upgrades.db"));
        opened = Optional.of(database);
        return database.tasks();
    }

    @AfterEach
    void close() {
        opened.ifPresent(UpgradeDatabase::close);
    }
}
