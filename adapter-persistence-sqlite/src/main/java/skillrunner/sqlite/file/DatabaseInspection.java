package skillrunner.sqlite.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import skillrunner.application.storage.StoreUnusableException;
import skillrunner.domain.store.StoreMark;

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
    private final StoreGuard guard;

    DatabaseInspection(Path file, Migrations migrations, StoreGuard guard) {
        this.file = file;
        this.migrations = migrations;
        this.guard = guard;
    }

    /**
     * Looks at the file.
     *
     * @param plain opens it without settings that would change it
     * @return what has to be done
     * @throws StoreUnusableException if it is damaged, no database, newer than this program or objected to
     * @throws SQLException if it can't be read
     * @throws IOException if it can't be read
     */
    State inspect(DataSource plain) throws SQLException, IOException {
        for (String part : List.of("", "-wal", "-shm")) {
            Path each = file.resolveSibling(file.getFileName() + part);
            if (Files.exists(each, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(each)) {
                // A pipe would be waited for, and a link in a circle ends the whole process inside SQLite.
                throw new StoreUnusableException("the database " + file + " can't be used: "
                        + (part.isEmpty() ? "it" : each.getFileName())
                        + " is no regular file; put back the right one, or restore a backup");
            }
        }
        if (!Files.exists(file) || Files.size(file) == 0) {
            return State.EMPTY;
        }
        checkHeader();
        try (Connection connection = plain.getConnection();
                Statement statement = connection.createStatement()) {
            if (count(statement, "SELECT count(*) FROM sqlite_master") == 0) {
                return State.EMPTY;
            }
            guard.check(mark(statement));
            if (!holds(statement, "flyway_schema_history")) {
                return State.FOREIGN;
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

    private Optional<StoreMark> mark(Statement statement) throws SQLException {
        if (!holds(statement, "store_identity")) {
            return Optional.empty();
        }
        try (ResultSet row = statement.executeQuery(SqliteFile.markQuery(migrations.sequence()))) {
            return row.next()
                    ? Optional.of(new StoreMark(row.getString(1), row.getLong(2), row.getLong(3)))
                    : Optional.empty();
        }
    }

    private static boolean holds(Statement statement, String table) throws SQLException {
        return count(statement, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '" + table + "'")
                == 1;
    }

    private static long count(Statement statement, String query) throws SQLException {
        try (ResultSet found = statement.executeQuery(query)) {
            return found.next() ? found.getLong(1) : 0;
        }
    }
}
