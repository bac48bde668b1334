package skillrunner.application.model;

import java.util.Optional;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.LiveModels;

/** Remembers across restarts what engines answered when they were asked for their models. Safe for concurrent use. */
public interface LiveModelStore {
    /**
     * Returns the name of what holds an engine's models, without any folder.
     *
     * @param engine the engine
     * @return the name, for people
     */
    String name(EngineId engine);

    /**
     * Reads what was last saved.
     *
     * @param engine the engine
     * @return the models, or empty if none were saved or they can't be read
     */
    Optional<LiveModels> load(EngineId engine);

    /**
     * Replaces what was saved, in one step.
     *
     * @param engine the engine
     * @param models the models
     * @throws skillrunner.application.storage.StorageFullException if the disk is full; the old models stay
     */
    void save(EngineId engine, LiveModels models);
}
