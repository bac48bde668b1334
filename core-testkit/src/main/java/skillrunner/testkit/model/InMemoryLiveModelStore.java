package skillrunner.testkit.model;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import skillrunner.application.model.LiveModelStore;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.LiveModels;
import skillrunner.testkit.storage.ScriptedDisk;

/** Answers of engines in memory. Safe for concurrent use. */
public final class InMemoryLiveModelStore implements LiveModelStore {
    private final ScriptedDisk disk;
    private final Map<EngineId, LiveModels> saved = new ConcurrentHashMap<>();

    /** Keeps everything on a disk of its own. */
    public InMemoryLiveModelStore() {
        this(new ScriptedDisk());
    }

    /**
     * Keeps everything on a disk.
     *
     * @param disk says which writes fail
     */
    public InMemoryLiveModelStore(ScriptedDisk disk) {
        this.disk = disk;
    }

    @Override
    public String name(EngineId engine) {
        return engine + "_models_cache.json";
    }

    @Override
    public Optional<LiveModels> load(EngineId engine) {
        return Optional.ofNullable(saved.get(engine));
    }

    @Override
    public void save(EngineId engine, LiveModels models) {
        disk.beforeWrite("live models");
        saved.put(engine, models);
    }
}
