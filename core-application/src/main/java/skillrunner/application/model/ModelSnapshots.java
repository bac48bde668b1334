package skillrunner.application.model;

import java.util.List;
import java.util.Optional;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelEntry;
import skillrunner.domain.model.ModelSnapshotRef;

/**
 * The lists of models of engines that have one per version of their CLI. A list is added once and never changed. What
 * changes in the store is visible at the next call. Implementations are safe for concurrent use.
 */
public interface ModelSnapshots {
    /** What became of a new snapshot. */
    enum Added {
        /** It is stored and listed. */
        ADDED,
        /** There was one of this version, listed or not; nothing was changed. */
        EXISTS
    }

    /**
     * Reads an engine's manifest. Cheap while nothing changes.
     *
     * @param engine the engine
     * @return the manifest
     * @throws CatalogueUnreadableException if it is missing or malformed
     * @throws skillrunner.application.storage.UnavailableException if nothing can be read at the moment
     */
    ModelManifest manifest(EngineId engine);

    /**
     * Reads a snapshot. Cheap while nothing changes.
     *
     * @param engine the engine
     * @param snapshot a line of its manifest
     * @return its models in their order, or empty if it is missing or malformed
     * @throws skillrunner.application.storage.UnavailableException if nothing can be read at the moment
     */
    Optional<List<ModelEntry>> models(EngineId engine, ModelSnapshotRef snapshot);

    /**
     * Stores a new snapshot and lists it. Of callers that race for one version exactly one succeeds. At every moment, also
     * after a crash, the manifest can be read and every snapshot it lists is complete.
     *
     * @param engine the engine
     * @param version the version; it names a file
     * @param models the models in their order
     * @return whether it was stored
     * @throws IllegalArgumentException if the version does not name a file
     * @throws CatalogueUnreadableException if the manifest is missing or malformed; nothing was changed
     * @throws skillrunner.application.storage.StorageFullException if the disk is full; the manifest was not changed
     */
    Added add(EngineId engine, CliVersion version, List<ModelEntry> models);
}
