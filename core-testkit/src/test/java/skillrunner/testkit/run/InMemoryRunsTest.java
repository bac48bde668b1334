package skillrunner.testkit.run;

import org.junit.jupiter.api.Nested;
import skillrunner.application.run.Runs;
import skillrunner.testkit.storage.ScriptedDisk;

class InMemoryRunsTest {
    @Nested
    class as_runs extends RunsContract {
        @Override
        protected Runs emptyStore() {
            return new InMemoryRuns();
        }
    }

    @Nested
    class as_attempts extends AttemptsContract {
        @Override
        protected AttemptStores emptyStores() {
            InMemoryRuns store = new InMemoryRuns();
            return new AttemptStores(store, store);
        }
    }

    @Nested
    class as_cache extends RunCacheContract {
        @Override
        protected CacheStores emptyStores() {
            InMemoryRuns store = new InMemoryRuns();
            return new CacheStores(store, new InMemoryRunCache(store, new ScriptedDisk()));
        }
    }
}
