package skillrunner.embedding.engine;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.engine.Engines;
import skillrunner.application.engine.ModelSource;
import skillrunner.application.engine.ReportEngineAuth;
import skillrunner.application.model.AddModelSnapshot;
import skillrunner.application.model.CachedCliVersions;
import skillrunner.application.model.CliVersions;
import skillrunner.application.model.LiveCatalogue;
import skillrunner.application.model.ModelLists;
import skillrunner.application.model.ModelRegistry;
import skillrunner.application.model.ModelSnapshots;
import skillrunner.application.model.ModelSources;
import skillrunner.application.model.RefreshLiveModels;
import skillrunner.application.model.SuggestModelSnapshot;
import skillrunner.application.overview.DescribeEngine;
import skillrunner.application.overview.SummarizeEngines;
import skillrunner.application.upgrade.CreateUpgradeTask;
import skillrunner.application.upgrade.EngineUpgrader;
import skillrunner.application.upgrade.FindUpgradeTask;
import skillrunner.application.upgrade.ReconcileUpgrades;
import skillrunner.application.upgrade.RollBackEngine;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.ProcessIsolation;
import skillrunner.embedding.background.Basics;
import skillrunner.embedding.settings.LiveModelSettings;
import skillrunner.embedding.settings.RunnerSettings;
import skillrunner.manifest.FilesystemLiveModelStore;
import skillrunner.manifest.FilesystemModelSnapshots;
import skillrunner.manifest.ModelDirectory;
import skillrunner.process.installs.NpmEngineUpgrader;
import skillrunner.process.installs.SideBySideVersions;
import skillrunner.process.launch.MarkedProcesses;
import skillrunner.process.probe.ModelProbe;
import skillrunner.process.probe.VersionProbe;
import skillrunner.sqlite.UpgradeDatabase;

/** Everything of a runner that has to do with looking after engines: what the surfaces of a runner call, and what goes on by itself. */
public final class EngineCapability implements AutoCloseable {
    private final String probes;
    private final CreateUpgradeTask upgrades;
    private final ReconcileUpgrades reconcile;
    private final CachedCliVersions versions;
    private final RefreshLiveModels refresh;
    private final LiveModelSettings liveModels;
    private final Engines engines;
    private final ModelRegistry models;
    private final ReportEngineAuth auth;
    private final AddModelSnapshot addSnapshot;
    private final SuggestModelSnapshot suggestSnapshot;
    private final SummarizeEngines summaries;
    private final DescribeEngine describe;
    private final FindUpgradeTask findUpgrade;
    private final RollBackEngine rollBack;

    private EngineCapability(
            Basics basics, EngineParts parts, UpgradeDatabase database, Supplier<ProcessIsolation> isolation) {
        RunnerSettings settings = basics.settings();
        BackgroundTasks background = basics.threads();
        Clock clock = basics.clock();
        this.probes = "probes:" + settings.storage().data();
        this.liveModels = settings.engines().liveModels();
        this.engines = parts.engines();
        Map<EngineId, ModelSource> sources = new LinkedHashMap<>();
        engines.clis().forEach(cli -> sources.put(cli.engine(), cli.models()));
        ModelSources modelSources = new ModelSources(sources);
        ModelDirectory.seed(settings.storage().models(), modelSources.shipped());
        ModelSnapshots snapshots =
                new FilesystemModelSnapshots(settings.storage().models());
        LiveCatalogue live = new LiveCatalogue(new FilesystemLiveModelStore(
                settings.storage().data().resolve("engine_catalog"), Map.of(EngineId.OPENCODE, liveModels.cache())));
        ModelLists lists = new ModelProbe(engines, parts.binaries(), probes, liveModels.limit());
        this.versions = new CachedCliVersions(new VersionProbe(engines, parts.binaries(), probes), background, clock);
        this.models = new ModelRegistry(modelSources, snapshots, live, versions);
        this.refresh = new RefreshLiveModels(modelSources, lists, live, background, clock);

        SideBySideVersions installed = new SideBySideVersions(engines, parts.installer());
        EngineUpgrader upgrader = new NpmEngineUpgrader(
                engines, parts.installer(), settings.storage().data().resolve("tmp"), clock);
        this.upgrades = new CreateUpgradeTask(
                database.tasks(),
                upgrader,
                engines.known(),
                engines::inUse,
                this::changed,
                background,
                basics.ids(),
                clock);
        this.reconcile = new ReconcileUpgrades(database.tasks(), upgrader, background, clock);
        this.auth = new ReportEngineAuth(engines, parts.binaries(), parts.home(), parts.renewal(), clock);
        this.summaries = new SummarizeEngines(engines, versions, auth, models, installed, isolation);
        this.findUpgrade = new FindUpgradeTask(database.tasks(), upgrader);
        this.addSnapshot = new AddModelSnapshot(modelSources, snapshots, versions, models);
        this.suggestSnapshot = new SuggestModelSnapshot(modelSources, lists);
        this.describe = new DescribeEngine(summaries, findUpgrade, models);
        this.rollBack = new RollBackEngine(database.tasks(), installed, this::changed);
    }

    /**
     * Wires it. Asks no CLI yet.
     *
     * @param basics what it stands on
     * @param parts the engines
     * @param database keeps the tasks
     * @param isolation tells what keeps the processes of a run together
     * @return the capability, to be closed
     */
    public static EngineCapability wire(
            Basics basics, EngineParts parts, UpgradeDatabase database, Supplier<ProcessIsolation> isolation) {
        return new EngineCapability(basics, parts, database, isolation);
    }

    /**
     * Returns the engines there are.
     *
     * @return them
     */
    public Engines engines() {
        return engines;
    }

    /**
     * Returns what tells the CLIs' versions.
     *
     * @return it
     */
    public CliVersions versions() {
        return versions;
    }

    /**
     * Returns what tells the models.
     *
     * @return it
     */
    public ModelRegistry models() {
        return models;
    }

    /**
     * Returns what tells where the CLIs are and who is signed in.
     *
     * @return it
     */
    public ReportEngineAuth auth() {
        return auth;
    }

    /**
     * Returns what takes a list of models for a new version.
     *
     * @return it
     */
    public AddModelSnapshot addSnapshot() {
        return addSnapshot;
    }

    /**
     * Returns what asks a CLI for such a list.
     *
     * @return it
     */
    public SuggestModelSnapshot suggestSnapshot() {
        return suggestSnapshot;
    }

    /**
     * Returns what puts together how engines stand.
     *
     * @return it
     */
    public SummarizeEngines summaries() {
        return summaries;
    }

    /**
     * Returns what tells everything of one engine.
     *
     * @return it
     */
    public DescribeEngine describe() {
        return describe;
    }

    /**
     * Returns what begins an upgrade.
     *
     * @return it
     */
    public CreateUpgradeTask upgrades() {
        return upgrades;
    }

    /**
     * Returns what tells how an upgrade stands.
     *
     * @return it
     */
    public FindUpgradeTask findUpgrade() {
        return findUpgrade;
    }

    /**
     * Returns what goes back to an earlier version.
     *
     * @return it
     */
    public RollBackEngine rollBack() {
        return rollBack;
    }

    /**
     * Ends what an earlier runner left, and begins to ask the CLIs for their versions, so that they are known early. To be
     * called before anybody may ask.
     */
    public void recover() {
        reconcile.reconcile();
        new MarkedProcesses().end(probes);
        versions.ahead(engines.known());
    }

    /** Begins what goes on by itself. */
    public void start() {
        refresh.start(liveModels.atStart(), liveModels.interval());
    }

    @Override
    public void close() {
        upgrades.close();
    }

    /** An engine's CLI may be another one now. */
    private void changed(EngineId engine) {
        versions.forget(engine);
        versions.ahead(List.of(engine));
        refresh.refreshLater(engine);
    }
}
