package skillrunner.application.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import skillrunner.application.engine.ModelSource;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.LiveModels;
import skillrunner.domain.model.ModelEntry;
import skillrunner.domain.model.ModelSnapshotRef;
import skillrunner.domain.model.SnapshotResolution;

/**
 * Every engine's models as they are now: of the snapshot that fits the CLI, or as the CLI last named them. A change of the
 * CLI or of a snapshot shows at the next call. Safe for concurrent use.
 */
public final class ModelRegistry implements ModelCatalogue {
    private final ModelSources sources;
    private final ModelSnapshots snapshots;
    private final LiveCatalogue live;
    private final CliVersions versions;
    private final Map<EngineId, Ranking> rankings = new ConcurrentHashMap<>();

    /** The last ranking of an engine's snapshots and what it depends on. */
    private record Ranking(Optional<String> version, List<ModelSnapshotRef> listed, SnapshotResolution resolution) {
        boolean isFor(Optional<String> otherVersion, List<ModelSnapshotRef> others) {
            return version.equals(otherVersion) && listed.equals(others);
        }
    }

    /**
     * Takes what it asks.
     *
     * @param sources knows which engine has snapshots
     * @param snapshots has them
     * @param live has what the other engines answered
     * @param versions knows which snapshot is wanted
     */
    public ModelRegistry(ModelSources sources, ModelSnapshots snapshots, LiveCatalogue live, CliVersions versions) {
        this.sources = Objects.requireNonNull(sources);
        this.snapshots = Objects.requireNonNull(snapshots);
        this.live = Objects.requireNonNull(live);
        this.versions = Objects.requireNonNull(versions);
    }

    /** {@inheritDoc} An engine whose manifest can't be read has none. */
    @Override
    public List<ModelEntry> models(EngineId engine) {
        try {
            return list(engine).models();
        } catch (CatalogueUnreadableException e) {
            // The store has logged it when it read the manifest; a log line per request would tell no more.
            return List.of();
        }
    }

    @Override
    public Optional<String> servedBy(EngineId engine) {
        try {
            return list(engine).snapshotFile();
        } catch (CatalogueUnreadableException e) {
            return Optional.empty();
        }
    }

    /**
     * Lists an engine's models and where they come from. May block for as long as its CLI takes to tell its version.
     *
     * @param engine the engine
     * @return the models
     * @throws CatalogueUnreadableException if the engine's manifest is missing or malformed
     */
    public ModelListing list(EngineId engine) {
        Optional<CliVersion> version = versions.detect(engine);
        Optional<ModelSource.Live> asked = sources.live(engine);
        return asked.isPresent()
                ? live(engine, version, live.current(engine, asked.get()))
                : pinned(engine, version, snapshots.manifest(engine));
    }

    /**
     * Returns what is known of an engine that is asked for its models.
     *
     * @param engine the engine
     * @return its state, or empty if its models come from snapshots
     */
    public Optional<LiveModels> liveModels(EngineId engine) {
        return sources.live(engine).map(source -> live.current(engine, source));
    }

    private ModelListing pinned(EngineId engine, Optional<CliVersion> version, ModelManifest manifest) {
        SnapshotResolution resolution = rank(engine, version.map(CliVersion::text), manifest.snapshots());
        Optional<ModelSnapshotRef> served = Optional.empty();
        List<ModelEntry> models = List.of();
        for (ModelSnapshotRef candidate : resolution.candidates()) {
            Optional<List<ModelEntry>> read = snapshots.models(engine, candidate);
            if (read.isPresent()) {
                served = Optional.of(candidate);
                models = read.get();
                break;
            }
        }
        return new ModelListing(
                engine,
                version,
                served.map(ModelSnapshotRef::version),
                served.map(ModelSnapshotRef::file),
                ModelListing.Source.PINNED_SNAPSHOT,
                resolution.reasonFor(served).map(reason -> reason.wire()),
                models,
                new ModelListing.Manifest.Stored(manifest.content()));
    }

    private SnapshotResolution rank(EngineId engine, Optional<String> version, List<ModelSnapshotRef> listed) {
        Ranking last = rankings.get(engine);
        if (last == null || !last.isFor(version, listed)) {
            last = new Ranking(version, listed, SnapshotResolution.rank(version, listed));
            rankings.put(engine, last);
        }
        return last.resolution();
    }

    private ModelListing live(EngineId engine, Optional<CliVersion> version, LiveModels models) {
        return new ModelListing(
                engine,
                version,
                Optional.of(models.updatedAt().toString()),
                Optional.of(live.storeName(engine)),
                ModelListing.Source.RUNTIME_PROBE_CACHE,
                models.doubt(),
                models.models(),
                new ModelListing.Manifest.Live(models));
    }
}
