package skillrunner.sqlite;

import java.nio.file.Path;
import skillrunner.application.upgrade.UpgradeTasks;
import skillrunner.sqlite.file.Migrations;
import skillrunner.sqlite.file.SqliteFile;
import skillrunner.sqlite.file.StoreGuard;
import skillrunner.sqlite.upgrade.ForeignUpgrades;
import skillrunner.sqlite.upgrade.SqliteUpgradeTasks;

/**
 * The file with upgrade tasks. Another program may have made it, with the same table and no history of migrations; its
 * tasks are kept. Safe for concurrent use.
 */
public final class UpgradeDatabase extends OpenedFile {
    static final Migrations MIGRATIONS = new Migrations(
            "skillrunner/sqlite/upgrade/migrations", "2", 2, "SELECT coalesce(max(rowid), 0) FROM engine_upgrades");

    private static final int READERS = 1;

    private UpgradeDatabase(SqliteFile file) {
        super(file);
    }

    /**
     * Opens the file, creating, adopting or migrating it first.
     *
     * @param file the database file; its folder exists
     * @return the open database
     * @throws skillrunner.application.storage.StoreUnusableException if the file is newer than this program or can't be used; the message says so
     */
    public static UpgradeDatabase open(Path file) {
        return open(file, StoreGuard.NONE);
    }

    /**
     * Opens the file, creating, adopting or migrating it first, unless somebody objects to it.
     *
     * @param file the database file; its folder exists
     * @param guard is shown what the file says of itself
     * @return the open database
     * @throws skillrunner.application.storage.StoreUnusableException if the file is newer than this program, can't be used
     *     or is objected to; the message says so
     */
    public static UpgradeDatabase open(Path file, StoreGuard guard) {
        return new UpgradeDatabase(SqliteFile.open(file, MIGRATIONS, READERS, guard, ForeignUpgrades::prepare));
    }

    /**
     * Returns the store of upgrade tasks.
     *
     * @return the port
     */
    public UpgradeTasks tasks() {
        return new SqliteUpgradeTasks(this);
    }
}
