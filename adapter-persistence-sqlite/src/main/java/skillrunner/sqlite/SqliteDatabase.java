package skillrunner.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
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
import skillrunner.application.run.Attempts;
import skillrunner.application.run.RunCache;
import skillrunner.application.run.Runs;
import skillrunner.application.storage.StorageFullException;
import skillrunner.sqlite.run.SqliteRunCache;
import skillrunner.sqlite.run.SqliteRuns;
import skillrunner.sqlite.run.Transactions;

/**
 * One SQLite file. What a write returned from is on disk ({@code synchronous=FULL}); readers never wait for the writer.
 * Safe for concurrent use.
 */
public final class SqliteDatabase implements Transactions, AutoCloseable {
    /** Version of the newest script among the migrations, and how many there are; a test compares both with the scripts. */
    static final String NEWEST_MIGRATION = "1";

    static final int MIGRATIONS = 1;

    private static final int READERS = 4;
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;

    private final Jdbi writer;
    private final Jdbi reader;
    private final List<ConnectionLane> lanes;
    private final SqliteRuns store;

    private SqliteDatabase(ConnectionLane writing, ConnectionLane reading) {
        this.lanes = List.of(reading, writing);
        this.writer = Jdbi.create(writing).installPlugin(new SqlObjectPlugin());
        this.reader = Jdbi.create(reading).installPlugin(new SqlObjectPlugin());
        this.store = new SqliteRuns(this);
    }

    /**
     * Opens the file, creating or migrating it first.
     *
     * @param file the database file; its folder exists
     * @return the open database
     * @throws IllegalStateException if the file is newer than this program or can't be used; the message says so
     */
    public static SqliteDatabase open(Path file) {
        SQLiteDataSource writing = dataSource(file, false);
        try {
            if (!isCurrent(writing)) {
                migrate(writing);
            }
            ConnectionLane writer = ConnectionLane.open(writing, 1);
            return new SqliteDatabase(writer, ConnectionLane.open(dataSource(file, true), READERS));
        } catch (FlywayException | SQLException e) {
            throw new IllegalStateException(
                    "the database " + file.getFileName() + " can't be used: it is damaged or newer than this program",
                    e);
        }
    }

    /**
     * Returns the store of requests and runs.
     *
     * @return the port
     */
    public Runs runs() {
        return store;
    }

    /**
     * Returns the store of attempts.
     *
     * @return the port
     */
    public Attempts attempts() {
        return store;
    }

    /**
     * Returns the store of earlier answers.
     *
     * @return the port
     */
    public RunCache cache() {
        return new SqliteRunCache(this);
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

    private static void migrate(SQLiteDataSource source) {
        Flyway.configure(SqliteDatabase.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:skillrunner/sqlite/migrations")
                .ignoreMigrationPatterns(new String[0])
                .failOnMissingLocations(true)
                .load()
                .migrate();
    }

    /** The migration tool takes a third of a start to find out that there is nothing to do; its own record says so at once. */
    private static boolean isCurrent(SQLiteDataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet table = statement.executeQuery(
                    "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'flyway_schema_history'")) {
                if (!table.next()) {
                    return false;
                }
            }
            try (ResultSet history = statement.executeQuery("SELECT count(*), sum(version = '" + NEWEST_MIGRATION
                    + "' AND success = 1) FROM flyway_schema_history")) {
                return history.next() && history.getInt(1) == MIGRATIONS && history.getInt(2) == 1;
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
