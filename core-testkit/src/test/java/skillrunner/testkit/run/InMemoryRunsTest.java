package skillrunner.testkit.run;

import org.junit.jupiter.api.Nested;

class InMemoryRunsTest {
    @Nested
    class as_runs extends RunsContract {
        @Override
        protected RunStores emptyStores() {
            return RunStores.inMemory();
        }
    }

    @Nested
    class as_requests extends RunRequestsContract {
        @Override
        protected RunStores emptyStores() {
            return RunStores.inMemory();
        }
    }

    @Nested
    class as_temporary_requests extends TempRequestsContract {
        @Override
        protected RunStores emptyStores() {
            return RunStores.inMemory();
        }
    }

    @Nested
    class as_attempts extends AttemptsContract {
        @Override
        protected RunStores emptyStores() {
            return RunStores.inMemory();
        }
    }

    @Nested
    class as_moves extends RunMovesContract {
        @Override
        protected RunStores emptyStores() {
            return RunStores.inMemory();
        }
    }

    @Nested
    class as_lists extends RunListsContract {
        @Override
        protected RunStores emptyStores() {
            return RunStores.inMemory();
        }
    }

    @Nested
    class as_removals extends RunRemovalsContract {
        @Override
        protected RunStores emptyStores() {
            return RunStores.inMemory();
        }
    }

    @Nested
    class as_interactions extends InteractionsContract {
        @Override
        protected RunStores emptyStores() {
            return RunStores.inMemory();
        }
    }

    @Nested
    class as_cache extends RunCacheContract {
        @Override
        protected RunStores emptyStores() {
            return RunStores.inMemory();
        }
    }
}
