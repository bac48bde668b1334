package skillrunner.sqlite.file;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
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
import skillrunner.application.storage.Patience;
import skillrunner.application.storage.StorageFullException;
import skillrunner.application.storage.StoreUnusableException;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.run.RetryPolicy;
import skillrunner.domain.store.StoreMark;
import skillrunner.files.DiskFaults;

/**
 * One SQLite file. What a write returned from is on disk ({@code synchronous=FULL}); readers never wait for the writer.
 * Safe for concurrent use.
 */
public final class SqliteFile implements Transactions, AutoCloseable {
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;

    /** For the first look, which is taken again and again. */
    private static final int LOOK_TIMEOUT_MILLIS = 500;

    private static final Set<SQLiteErrorCode> DAMAGE = EnumSet.of(
            SQLiteErrorCode.SQLITE_CORRUPT,
            SQLiteErrorCode.SQLITE_CORRUPT_INDEX,
            SQLiteErrorCode.SQLITE_CORRUPT_VTAB,
            SQLiteErrorCode.SQLITE_NOTADB);

    private final Path file;
    private final String sequence;
    private final AtomicBoolean damaged = new AtomicBoolean();
    private volatile Optional<FileWatch> watch = Optional.empty();
    private final Jdbi writer;
    private final Jdbi reader;
    private final List<ConnectionPool> lanes;

    /** Prepares tables of another program for the scripts. */
    @FunctionalInterface
    public interface Adoption {
        /**
         * Called with a file of another program before the first script.
         *
         * @param connection a writing connection to it
         * @throws SQLException if the file can't be used
         */
        void prepare(Connection connection) throws SQLException;
    }

    private SqliteFile(Path file, Migrations migrations, ConnectionPool writing, ConnectionPool reading) {
        this.file = file;
        this.sequence = migrations.sequence();
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
     * @param guard is shown what the file says of itself
     * @return the open file
     * @throws StoreUnusableException if the file is newer than this program or can't be used; the message says so
     */
    public static SqliteFile open(Path file, Migrations migrations, int readers, StoreGuard guard) {
        return open(file, migrations, readers, guard, Optional.empty());
    }

    /**
     * Opens a file that another program may have made, creating or migrating it first.
     *
     * @param file the database file; its folder exists
     * @param migrations the scripts; they must bear tables that exist already
     * @param readers how many reading connections
     * @param guard is shown what the file says of itself
     * @param adoption prepares what another program made
     * @return the open file
     * @throws StoreUnusableException if the file is newer than this program or can't be used; the message says so
     */
    public static SqliteFile open(Path file, Migrations migrations, int readers, StoreGuard guard, Adoption adoption) {
        return open(file, migrations, readers, guard, Optional.of(adoption));
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
        try {
            return reader.withHandle(work::apply);
        } catch (RuntimeException e) {
            throw explained(e);
        }
    }

    @Override
    public void close() {
        lanes.forEach(ConnectionPool::close);
        // Only now: it would take SQLite's locks with it.
        watch.ifPresent(FileWatch::close);
    }

    private static SqliteFile open(
            Path file, Migrations migrations, int readers, StoreGuard guard, Optional<Adoption> adoption) {
        try {
            return Patience.with(RetryPolicy.START, () -> opened(file, migrations, readers, guard, adoption));
        } catch (UnavailableException e) {
            throw new StoreUnusableException(
                    "the database " + file + " can't be used now, although nothing says that it is damaged: "
                            + passing(e).map(SqliteFile::reason).orElse("it can't be read") + "; then start again",
                    e);
        }
    }

    private static SqliteFile opened(
            Path file, Migrations migrations, int readers, StoreGuard guard, Optional<Adoption> adoption) {
        SQLiteDataSource writing = dataSource(file, writing());
        try {
            DatabaseInspection.State state = new DatabaseInspection(file, migrations, guard)
                    .inspect(dataSource(file, new SQLiteConfig(), LOOK_TIMEOUT_MILLIS));
            if (state == DatabaseInspection.State.FOREIGN && adoption.isEmpty()) {
                throw new StoreUnusableException("the database " + file
                        + " can't be used: another program made it; restore a backup or move it away");
            }
            if (state == DatabaseInspection.State.FOREIGN) {
                try (Connection connection = writing.getConnection()) {
                    adoption.orElseThrow().prepare(connection);
                }
            }
            if (state != DatabaseInspection.State.CURRENT) {
                migrate(writing, migrations, adoption.isPresent());
            }
            SQLiteConfig readOnly = writing();
            readOnly.setReadOnly(true);
            ConnectionPool writer = ConnectionPool.open(writing, 1);
            return new SqliteFile(file, migrations, writer, ConnectionPool.open(dataSource(file, readOnly), readers));
        } catch (FlywayException | SQLException | IOException e) {
            if (passing(e).isPresent()) {
                throw new UnavailableException("the database " + file + " can't be opened yet", e);
            }
            throw new StoreUnusableException(
                    "the database " + file + " can't be used: it is damaged or can't be read; restore a backup", e);
        }
    }

    private static String reason(SQLiteErrorCode code) {
        return code.name().startsWith("SQLITE_IOERR")
                ? "the disk reports a fault (" + code.name() + "), see to it"
                : "another program has locked it, or the machine has no memory or descriptors left (" + code.name()
                        + "); end that program";
    }

    /**
     * Tells which file this is and how far it has come.
     *
     * @return what it says of itself
     */
    public StoreMark mark() {
        return read(handle -> handle.createQuery(markQuery(sequence))
                .map((row, context) -> new StoreMark(row.getString(1), row.getLong(2), row.getLong(3)))
                .one());
    }

    /**
     * Claims the file for this server, counts a start and begins to watch. From now on nothing else in this process may
     * open the file.
     *
     * @throws StoreUnusableException if another server has claimed it or it can't be looked at
     */
    public void begin() {
        // Tells the file from others without asking SQLite, which would answer from its own memory.
        int tag = Integer.parseUnsignedInt(
                        Patience.with(RetryPolicy.START, this::mark).id().substring(0, 7), 16)
                | 1;
        try {
            watch = Optional.of(FileWatch.begin(file, tag));
        } catch (IOException e) {
            throw new StoreUnusableException("the database " + file + " can't be watched: " + e.getMessage(), e);
        }
        try {
            Patience.with(RetryPolicy.START, () -> countStart(tag));
        } catch (StorageFullException e) {
            // A server has to start on a full disk too, and a start that is not counted does no harm.
        }
    }

    /** @return whether the file had the tag already */
    private boolean countStart(int tag) {
        boolean tagged = write(handle -> {
            handle.execute("UPDATE store_identity SET starts = starts + 1");
            int present = handle.createQuery("PRAGMA application_id")
                    .mapTo(Integer.class)
                    .one();
            handle.execute("PRAGMA application_id = " + tag);
            return present == tag;
        });
        if (!tagged) {
            writer.useHandle(handle -> handle.execute("PRAGMA wal_checkpoint(PASSIVE)"));
        }
        return tagged;
    }

    /**
     * Tells whether the file is still the one that was opened.
     *
     * @return half a sentence about what is wrong; empty if nothing is, nobody could look, or {@link #begin} was not called
     */
    public Optional<String> fault() {
        return watch.flatMap(FileWatch::fault)
                .or(() -> damaged.get() ? Optional.of(file + " is damaged") : Optional.empty());
    }

    /** Another program holds a lock, or the process has no descriptor or memory left: nothing is wrong with the file. */
    private static final Set<SQLiteErrorCode> PASSING = EnumSet.of(
            SQLiteErrorCode.SQLITE_BUSY,
            SQLiteErrorCode.SQLITE_BUSY_RECOVERY,
            SQLiteErrorCode.SQLITE_BUSY_SNAPSHOT,
            SQLiteErrorCode.SQLITE_LOCKED,
            SQLiteErrorCode.SQLITE_LOCKED_SHAREDCACHE,
            SQLiteErrorCode.SQLITE_CANTOPEN,
            SQLiteErrorCode.SQLITE_NOMEM,
            SQLiteErrorCode.SQLITE_PROTOCOL);

    /** Without room, without quota, on a disk that takes no writes, or broken: SQLite does not tell these apart. */
    private static final Set<SQLiteErrorCode> WRITING =
            EnumSet.of(SQLiteErrorCode.SQLITE_IOERR_WRITE, SQLiteErrorCode.SQLITE_IOERR_SHMSIZE);

    private RuntimeException explained(RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite) {
                SQLiteErrorCode code = sqlite.getResultCode();
                if (code == SQLiteErrorCode.SQLITE_FULL || (WRITING.contains(code) && DiskFaults.isFull(file))) {
                    return new StorageFullException(thrown);
                }
                if (isPassing(code)) {
                    return new UnavailableException("the database can't be used at the moment", thrown);
                }
                if (DAMAGE.contains(code)) {
                    damaged.set(true);
                    return new StoreUnusableException("the database " + file + " is damaged; restore a backup", thrown);
                }
            }
        }
        return thrown;
    }

    private static boolean isPassing(SQLiteErrorCode code) {
        return PASSING.contains(code) || code.name().startsWith("SQLITE_IOERR");
    }

    /** @return the code of a fault that says nothing of the file's content */
    private static Optional<SQLiteErrorCode> passing(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite && isPassing(sqlite.getResultCode())) {
                return Optional.of(sqlite.getResultCode());
            }
        }
        return Optional.empty();
    }

    static String markQuery(String sequence) {
        return "SELECT id, starts, (" + sequence + ") FROM store_identity";
    }

    private static void migrate(SQLiteDataSource source, Migrations migrations, boolean adopting) {
        Flyway.configure(SqliteFile.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:" + migrations.folder())
                .ignoreMigrationPatterns(new String[0])
                .failOnMissingLocations(true)
                // In one transaction: a kill leaves the old tables, and the disk is waited for once.
                .group(true)
                .baselineOnMigrate(adopting)
                .baselineVersion("0")
                .load()
                .migrate();
    }

    private static SQLiteConfig writing() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.enforceForeignKeys(true);
        return config;
    }

    private static SQLiteDataSource dataSource(Path file, SQLiteConfig config) {
        return dataSource(file, config, BUSY_TIMEOUT_MILLIS);
    }

    private static SQLiteDataSource dataSource(Path file, SQLiteConfig config, int busyTimeoutMillis) {
        config.setBusyTimeout(busyTimeoutMillis);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }
}
