package skillrunner.testkit.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.model.CatalogueUnreadableException;
import skillrunner.application.model.ModelManifest;
import skillrunner.application.model.ModelSnapshots;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelEntry;
import skillrunner.domain.model.ModelSnapshotRef;
import skillrunner.testkit.storage.ScriptedDisk;

/** Snapshots in memory. An engine has no manifest before a test gives it one. Safe for concurrent use. */
public final class InMemoryModelSnapshots implements ModelSnapshots {
    private final ScriptedDisk disk;
    private final Map<EngineId, List<ModelSnapshotRef>> manifests = new HashMap<>();
    private final Map<String, List<ModelEntry>> files = new HashMap<>();

    /** Keeps everything on a disk of its own. */
    public InMemoryModelSnapshots() {
        this(new ScriptedDisk());
    }

    /**
     * Keeps everything on a disk.
     *
     * @param disk says which writes fail
     */
    public InMemoryModelSnapshots(ScriptedDisk disk) {
        this.disk = disk;
    }

    /**
     * Gives an engine a manifest.
     *
     * @param engine the engine
     * @param versions what it lists, in this order; their snapshots are not there yet
     */
    public synchronized void list(EngineId engine, String... versions) {
        manifests.put(
                engine,
                new ArrayList<>(List.of(versions).stream()
                        .map(version -> new ModelSnapshotRef(version, name(version)))
                        .toList()));
    }

    /**
     * Makes an engine's manifest unreadable.
     *
     * @param engine the engine
     */
    public synchronized void breakManifest(EngineId engine) {
        manifests.remove(engine);
    }

    /**
     * Stores a snapshot without listing it.
     *
     * @param engine the engine
     * @param version its version
     * @param ids what it holds
     */
    public synchronized void store(EngineId engine, String version, String... ids) {
        files.put(
                engine + "/" + name(version),
                List.of(ids).stream()
                        .map(id -> ModelEntry.named(id, id, List.of()))
                        .toList());
    }

    @Override
    public synchronized ModelManifest manifest(EngineId engine) {
        List<ModelSnapshotRef> snapshots = manifests.get(engine);
        if (snapshots == null) {
            throw new CatalogueUnreadableException(engine, "it is missing");
        }
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("engine", engine.wire());
        content.put(
                "snapshots",
                snapshots.stream()
                        .map(snapshot -> {
                            Map<String, Object> item = new LinkedHashMap<>();
                            item.put("version", snapshot.version());
                            item.put("file", snapshot.file());
                            return item;
                        })
                        .toList());
        return new ModelManifest(content, snapshots);
    }

    @Override
    public synchronized Optional<List<ModelEntry>> models(EngineId engine, ModelSnapshotRef snapshot) {
        return Optional.ofNullable(files.get(engine + "/" + snapshot.file()));
    }

    @Override
    public synchronized Added add(EngineId engine, CliVersion version, List<ModelEntry> models) {
        if (!version.isFileName()) {
            throw new IllegalArgumentException("the version does not name a file");
        }
        String file = name(version.text());
        if (files.containsKey(engine + "/" + file)) {
            return Added.EXISTS;
        }
        manifest(engine);
        disk.beforeWrite("snapshot");
        files.put(engine + "/" + file, List.copyOf(models));
        List<ModelSnapshotRef> snapshots = new ArrayList<>(manifests.getOrDefault(engine, List.of()));
        snapshots.removeIf(snapshot -> snapshot.version().equals(version.text()));
        snapshots.add(new ModelSnapshotRef(version.text(), file));
        snapshots.sort(Comparator.comparing(ModelSnapshotRef::version, CliVersion.ORDER));
        manifests.put(engine, snapshots);
        return Added.ADDED;
    }

    private static String name(String version) {
        return "models_" + version + ".json";
    }
}
