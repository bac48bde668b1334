package skillrunner.sqlite;

import java.nio.file.Path;
import skillrunner.application.run.Attempts;
import skillrunner.application.run.RunMoves;
import skillrunner.application.run.Runs;
import skillrunner.application.run.admission.RunRequests;
import skillrunner.application.run.admission.TempRequests;
import skillrunner.application.run.cache.RunCache;
import skillrunner.application.run.interaction.Interactions;
import skillrunner.application.run.retention.RunRemovals;
import skillrunner.application.run.retention.UnservedRequests;
import skillrunner.application.skill.SkillInstalls;
import skillrunner.sqlite.file.Migrations;
import skillrunner.sqlite.file.SqliteFile;
import skillrunner.sqlite.file.StoreGuard;
import skillrunner.sqlite.run.SqliteInteractions;
import skillrunner.sqlite.run.SqliteRunCache;
import skillrunner.sqlite.run.SqliteRunRemovals;
import skillrunner.sqlite.run.SqliteRuns;
import skillrunner.sqlite.run.SqliteTempRequests;
import skillrunner.sqlite.run.SqliteUnservedRequests;
import skillrunner.sqlite.run.SqliteUnservedTempRequests;
import skillrunner.sqlite.skill.SqliteSkillInstalls;

/** The file with requests, runs, attempts, earlier answers and installations. Safe for concurrent use. */
public final class SqliteDatabase extends OpenedFile {
    static final Migrations MIGRATIONS = new Migrations(
            "skillrunner/sqlite/migrations",
            "15",
            15,
            "SELECT coalesce(sum(seq), 0) FROM sqlite_sequence"
                    + " WHERE name IN ('runs', 'requests', 'temp_requests', 'skill_installs')");

    private static final int READERS = 4;

    private final SqliteRuns store;

    private SqliteDatabase(SqliteFile file) {
        super(file);
        this.store = new SqliteRuns(file);
    }

    /**
     * Opens the file, creating or migrating it first.
     *
     * @param file the database file; its folder exists
     * @return the open database
     * @throws skillrunner.application.storage.StoreUnusableException if the file is newer than this program or can't be used; the message says so
     */
    public static SqliteDatabase open(Path file) {
        return open(file, StoreGuard.NONE);
    }

    /**
     * Opens the file, creating or migrating it first, unless somebody objects to it.
     *
     * @param file the database file; its folder exists
     * @param guard is shown what the file says of itself
     * @return the open database
     * @throws skillrunner.application.storage.StoreUnusableException if the file is newer than this program, can't be used
     *     or is objected to; the message says so
     */
    public static SqliteDatabase open(Path file, StoreGuard guard) {
        return new SqliteDatabase(SqliteFile.open(file, MIGRATIONS, READERS, guard));
    }

    /**
     * Returns the store of runs.
     *
     * @return the port
     */
    public Runs runs() {
        return store;
    }

    /**
     * Returns the store of requests that lead to runs.
     *
     * @return the port
     */
    public RunRequests requests() {
        return store;
    }

    /**
     * Returns the store of requests whose skill has yet to come.
     *
     * @return the port
     */
    public TempRequests tempRequests() {
        return new SqliteTempRequests(this);
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
     * Returns the store of the questions of runs.
     *
     * @return the port
     */
    public Interactions interactions() {
        return new SqliteInteractions(this, store);
    }

    /**
     * Returns the store of earlier answers.
     *
     * @return the port
     */
    public RunCache cache() {
        return new SqliteRunCache(this);
    }

    /**
     * Returns what removes rows of runs.
     *
     * @return the port
     */
    public RunRemovals removals() {
        return new SqliteRunRemovals(this, store);
    }

    /**
     * Returns the changes of status that runs have made.
     *
     * @return the port
     */
    public RunMoves moves() {
        return store;
    }

    /**
     * Returns what removes rows of requests that never got their files.
     *
     * @return the port
     */
    public UnservedRequests unserved() {
        return new SqliteUnservedRequests(this, store);
    }

    /**
     * Returns what removes rows of requests whose skill never came.
     *
     * @return the port
     */
    public UnservedRequests unservedTemporary() {
        return new SqliteUnservedTempRequests(this);
    }

    /**
     * Returns the store of installations of skill packages.
     *
     * @return the port
     */
    public SkillInstalls installs() {
        return new SqliteSkillInstalls(this);
    }
}
