package skillrunner.testkit.model;

import skillrunner.application.model.ModelSnapshots;
import skillrunner.domain.engine.EngineId;

class InMemoryModelSnapshotsTest extends ModelSnapshotsContract {
    @Override
    protected ModelSnapshots storeWithManifestOf(EngineId engine) {
        InMemoryModelSnapshots snapshots = new InMemoryModelSnapshots();
        snapshots.list(engine);
        return snapshots;
    }
}
