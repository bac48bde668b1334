package skillrunner.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.skill.SkillInstalls;
import skillrunner.testkit.run.AttemptsContract;
import skillrunner.testkit.run.InteractionsContract;
import skillrunner.testkit.run.RunCacheContract;
import skillrunner.testkit.run.RunListsContract;
import skillrunner.testkit.run.RunMovesContract;
import skillrunner.testkit.run.RunRemovalsContract;
import skillrunner.testkit.run.RunRequestsContract;
import skillrunner.testkit.run.RunStores;
import skillrunner.testkit.run.RunsContract;
import skillrunner.testkit.run.TempRequestsContract;
import skillrunner.testkit.skill.SkillInstallsContract;

/** The stores of one real file keep the promises of their ports. */
class SqliteStoresTest {
    private static Path migrated;
    private SqliteDatabase database;

    /** Once, for hundreds of tests; migrations have a test of their own. */
    @BeforeAll
    static void migrate(@TempDir Path folder) {
        migrated = folder.resolve("runs.db");
        SqliteDatabase.open(migrated).close();
    }

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        database = SqliteDatabase.open(Files.copy(migrated, folder.resolve("runs.db")));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Nested
    class as_runs extends RunsContract {
        @Override
        protected RunStores emptyStores() {
            return stores();
        }
    }

    @Nested
    class as_requests extends RunRequestsContract {
        @Override
        protected RunStores emptyStores() {
            return stores();
        }
    }

    @Nested
    class as_temporary_requests extends TempRequestsContract {
        @Override
        protected RunStores emptyStores() {
            return stores();
        }
    }

    @Nested
    class as_attempts extends AttemptsContract {
        @Override
        protected RunStores emptyStores() {
            return stores();
        }
    }

    @Nested
    class as_interactions extends InteractionsContract {
        @Override
        protected RunStores emptyStores() {
            return stores();
        }
    }

    @Nested
    class as_moves extends RunMovesContract {
        @Override
        protected RunStores emptyStores() {
            return stores();
        }
    }

    @Nested
    class as_cache extends RunCacheContract {
        @Override
        protected RunStores emptyStores() {
            return stores();
        }
    }

    @Nested
    class as_lists extends RunListsContract {
        @Override
        protected RunStores emptyStores() {
            return stores();
        }
    }

    @Nested
    class as_removals extends RunRemovalsContract {
        @Override
        protected RunStores emptyStores() {
            return stores();
        }
    }

    @Nested
    class as_installs extends SkillInstallsContract {
        @Override
        protected SkillInstalls emptyStore() {
            return database.installs();
        }
    }

    private RunStores stores() {
        return new RunStores(
                database.runs(),
                database.requests(),
                database.tempRequests(),
                database.interactions(),
                database.attempts(),
                database.moves(),
                database.cache(),
                database.removals(),
                database.unserved(),
                database.unservedTemporary());
    }
}
