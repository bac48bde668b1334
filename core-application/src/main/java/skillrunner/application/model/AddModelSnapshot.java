package skillrunner.application.model;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelEntry;
import skillrunner.domain.model.SnapshotRow;
import skillrunner.domain.model.SnapshotRules;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

/** Adds the list of models for the version of the CLI that is installed now. Nobody else chooses the version. */
public final class AddModelSnapshot {
    private static final System.Logger LOG = System.getLogger(AddModelSnapshot.class.getName());

    private final ModelSources sources;
    private final ModelSnapshots snapshots;
    private final CliVersions versions;
    private final ModelRegistry registry;

    /**
     * Takes what it asks.
     *
     * @param sources knows which engine has snapshots
     * @param snapshots takes the new one
     * @param versions knows its version
     * @param registry shows what has come of it
     */
    public AddModelSnapshot(
            ModelSources sources, ModelSnapshots snapshots, CliVersions versions, ModelRegistry registry) {
        this.sources = Objects.requireNonNull(sources);
        this.snapshots = Objects.requireNonNull(snapshots);
        this.versions = Objects.requireNonNull(versions);
        this.registry = Objects.requireNonNull(registry);
    }

    /**
     * Adds a snapshot.
     *
     * @param engine an engine of this server
     * @param rows the models, of which none is checked yet
     * @return the engine's models after that
     * @throws RefusedException in this order: {@link ErrorCode#SNAPSHOT_UNSUPPORTED} for an engine that is asked for its
     *     models, {@link ErrorCode#CLI_VERSION_UNDETECTED}, {@link ErrorCode#REQUEST_INVALID} for a wrong row, {@link
     *     ErrorCode#SNAPSHOT_EXISTS}, {@link ErrorCode#CATALOGUE_UNWRITABLE}; nothing was stored
     * @throws CatalogueUnreadableException if the engine's manifest is missing or malformed; nothing was stored
     */
    public ModelListing add(EngineId engine, List<SnapshotRow> rows) {
        if (sources.live(engine).isPresent()) {
            throw new RefusedException(
                    ErrorCode.SNAPSHOT_UNSUPPORTED, engine + " is asked for its models, so it has no snapshots");
        }
        CliVersion version = versions.detect(engine)
                .filter(CliVersion::isFileName)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.CLI_VERSION_UNDETECTED, "the version of the " + engine + " CLI can't be detected"));
        if (stored(engine, version, checked(rows)) == ModelSnapshots.Added.EXISTS) {
            throw new RefusedException(
                    ErrorCode.SNAPSHOT_EXISTS,
                    "there is a snapshot for " + engine + " " + version + ", and it is never overwritten");
        }
        return registry.list(engine);
    }

    private ModelSnapshots.Added stored(EngineId engine, CliVersion version, List<ModelEntry> models) {
        try {
            return snapshots.add(engine, version, models);
        } catch (UncheckedIOException e) {
            LOG.log(System.Logger.Level.ERROR, "no snapshot of " + engine + " " + version + " could be stored", e);
            throw new RefusedException(
                    ErrorCode.CATALOGUE_UNWRITABLE,
                    "the folder of the models of " + engine + " takes no writes; nothing was stored");
        }
    }

    private static List<ModelEntry> checked(List<SnapshotRow> rows) {
        SnapshotRules.Verdict verdict = SnapshotRules.check(rows);
        if (verdict instanceof SnapshotRules.Verdict.Accepted accepted) {
            return accepted.models();
        }
        throw ((SnapshotRules.Verdict.Refused) verdict).refusal().toException();
    }
}
