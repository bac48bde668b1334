package skillrunner.sqlite.file;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import skillrunner.application.storage.StorageFullException;

/**
 * One SQLite file. What a write returned from is on disk ({@code synchronous=FULL}); readers never wait for the writer.
 * Safe for concurrent use.
 */
public final class SqliteFile implements Transactions, AutoCloseable {
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;

    private final Jdbi writer;
    private final Jdbi reader;
    private final List<ConnectionLane> lanes;

    /** Prepares tables of another program for the scripts. */
    @FunctionalInterface
    public interface Adoption {
        /**
         * Called with a file that has no migration history, before the first script; the file may be empty.
         *
         * @param connection a writing connection to it
         * @throws SQLException if the file can't be used
         */
        void prepare(Connection connection) throws SQLException;
    }

    private SqliteFile(ConnectionLane writing, ConnectionLane reading) {
        this.lanes = List.of(reading, writing);
        this.writer = Jdbi.create(writing).installPlugin(new SqlObjectPlugin());
        this.reader = Jdbi.create(reading).installPlugin(new SqlObjectPlugin());
    }

    /**
     * Opens a file of our own, creating or migrating it first.
     *
     * @param file the database file; its folder exists
     * @param migrations the scripts
     * @param readers how many reading connections
     * @return the open file
     * @throws IllegalStateException if the file is newer than this program or can't be used; the message says so
     */
    public static SqliteFile open(Path file, Migrations migrations, int readers) {
        return open(file, migrations, readers, Optional.empty());
    }

    /**
     * Opens a file that another program may have made, creating or migrating it first.
     *
     * @param file the database file; its folder exists
     * @param migrations the scripts; they must bear tables that exist already
     * @param readers how many reading connections
     * @param adoption prepares what another program made
     * @return the open file
     * @throws IllegalStateException if the file is newer than this program or can't be used; the message says so
     */
    public static SqliteFile open(Path file, Migrations migrations, int readers, Adoption adoption) {
        return open(file, migrations, readers, Optional.of(adoption));
    }

    @Override
    public <T> T write(Function<Handle, T> work) {
        try {
            return writer.inTransaction(work::apply);
        } catch (RuntimeException e) {
            throw explained(e);
        }
    }

    @Override
    public <T> T read(Function<Handle, T> work) {
        return reader.withHandle(work::apply);
    }

    @Override
    public void close() {
        lanes.forEach(ConnectionLane::close);
    }

    private static SqliteFile open(Path file, Migrations migrations, int readers, Optional<Adoption> adoption) {
        SQLiteDataSource writing = dataSource(file, false);
        try {
            if (!isCurrent(writing, migrations, adoption)) {
                migrate(writing, migrations, adoption.isPresent());
            }
            ConnectionLane writer = ConnectionLane.open(writing, 1);
            return new SqliteFile(writer, ConnectionLane.open(dataSource(file, true), readers));
        } catch (FlywayException | SQLException e) {
            throw new IllegalStateException(
                    "the database " + file.getFileName() + " can't be used: it is damaged or newer than this program",
                    e);
        }
    }

    private static RuntimeException explained(RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite
                    && (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_FULL
                            || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_WRITE
                            || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE)) {
                return new StorageFullException(thrown);
            }
        }
        return thrown;
    }

    private static void migrate(SQLiteDataSource source, Migrations migrations, boolean adopting) {
        Flyway.configure(SqliteFile.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:" + migrations.folder())
                .ignoreMigrationPatterns(new String[0])
                .failOnMissingLocations(true)
                .baselineOnMigrate(adopting)
                .baselineVersion("0")
                .load()
                .migrate();
    }

    /** The migration tool takes a third of a start to find out that there is nothing to do; its own record says so at once. */
    private static boolean isCurrent(SQLiteDataSource source, Migrations migrations, Optional<Adoption> adoption)
            throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            boolean managed;
            try (ResultSet table = statement.executeQuery(
                    "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'flyway_schema_history'")) {
                managed = table.next();
            }
            if (!managed) {
                if (adoption.isPresent()) {
                    adoption.get().prepare(connection);
                }
                return false;
            }
            try (ResultSet history = statement.executeQuery("SELECT count(*), sum(version = '" + migrations.newest()
                    + "' AND success = 1) FROM flyway_schema_history WHERE type <> 'BASELINE'")) {
                return history.next() && history.getInt(1) == migrations.count() && history.getInt(2) == 1;
            }
        }
    }

    private static SQLiteDataSource dataSource(Path file, boolean readOnly) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        if (readOnly) {
            config.setReadOnly(true);
        }
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }
}
