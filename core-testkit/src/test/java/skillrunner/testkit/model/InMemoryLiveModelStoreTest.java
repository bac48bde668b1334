package skillrunner.testkit.model;

import skillrunner.application.model.LiveModelStore;

class InMemoryLiveModelStoreTest extends LiveModelStoreContract {
    @Override
    protected LiveModelStore emptyStore() {
        return new InMemoryLiveModelStore();
    }
}
