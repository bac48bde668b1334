package skillrunner.sqlite.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import skillrunner.application.storage.StoreUnusableException;

/** Looks at a file before it is used, and changes nothing in it. */
final class DatabaseInspection {
    /** What has to be done with a file. */
    enum State {
        /** There is nothing in it. */
        EMPTY,
        /** Another program made it. */
        FOREIGN,
        /** An earlier version of this program made it. */
        BEHIND,
        /** It is as this program would make it. */
        CURRENT
    }

    private final Path file;
    private final Migrations migrations;

    DatabaseInspection(Path file, Migrations migrations) {
        this.file = file;
        this.migrations = migrations;
    }

    /**
     * Looks at the file.
     *
     * @param plain opens it without settings that would change it
     * @return what has to be done
     * @throws StoreUnusableException if it is damaged, no database, or newer than this program
     * @throws SQLException if it can't be read
     * @throws IOException if it can't be read
     */
    State inspect(DataSource plain) throws SQLException, IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return State.EMPTY;
        }
        checkHeader();
        try (Connection connection = plain.getConnection();
                Statement statement = connection.createStatement()) {
            if (count(statement, "SELECT count(*) FROM sqlite_master WHERE name = 'flyway_schema_history'") == 0) {
                return count(statement, "SELECT count(*) FROM sqlite_master") == 0 ? State.EMPTY : State.FOREIGN;
            }
            // The migration tool takes a third of a start to find out that there is nothing to do; its own record says
            // so at once.
            try (ResultSet history = statement.executeQuery(
                    "SELECT count(*), coalesce(sum(success = 1), 0), coalesce(max(CAST(version AS INTEGER)), 0)"
                            + " FROM flyway_schema_history WHERE type <> 'BASELINE'")) {
                history.next();
                if (history.getInt(3) > Integer.parseInt(migrations.newest())) {
                    throw new StoreUnusableException("the database " + file + " can't be used: it is newer than this"
                            + " program; use the version that wrote it, or restore a backup");
                }
                boolean whole = history.getInt(1) == migrations.count() && history.getInt(2) == history.getInt(1);
                return whole ? State.CURRENT : State.BEHIND;
            }
        }
    }

    private void checkHeader() throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(SqliteHeader.BYTES);
        }
        SqliteHeader header = SqliteHeader.parse(bytes)
                .orElseThrow(() -> new StoreUnusableException(
                        "the database " + file + " can't be used: it is no SQLite database; restore a backup"));
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        // What is missing here may stand in the log.
        boolean hasLog = Files.exists(log) && Files.size(log) > 0;
        if (!hasLog && header.isLongerThan(Files.size(file))) {
            throw new StoreUnusableException(
                    "the database " + file + " can't be used: its end is missing; restore a backup");
        }
    }

    private static long count(Statement statement, String query) throws SQLException {
        try (ResultSet found = statement.executeQuery(query)) {
            return found.next() ? found.getLong(1) : 0;
        }
    }
}
