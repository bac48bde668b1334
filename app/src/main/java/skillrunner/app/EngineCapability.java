package skillrunner.app;

import io.javalin.config.RoutesConfig;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import skillrunner.app.settings.LiveModelSettings;
import skillrunner.app.settings.Settings;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.engine.Engines;
import skillrunner.application.engine.ModelSource;
import skillrunner.application.engine.ReportEngineAuth;
import skillrunner.application.model.AddModelSnapshot;
import skillrunner.application.model.CachedCliVersions;
import skillrunner.application.model.CliVersions;
import skillrunner.application.model.LiveCatalogue;
import skillrunner.application.model.ModelCatalogue;
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
import skillrunner.http.engine.EngineManagementRoutes;
import skillrunner.http.engine.EnginePages;
import skillrunner.http.engine.EngineRoutes;
import skillrunner.http.engine.EngineUseCases;
import skillrunner.http.legacy.LegacyRoutes;
import skillrunner.http.page.Pages;
import skillrunner.http.signin.SignInPage;
import skillrunner.http.terminal.TerminalPage;
import skillrunner.manifest.FilesystemLiveModelStore;
import skillrunner.manifest.FilesystemModelSnapshots;
import skillrunner.manifest.ModelDirectory;
import skillrunner.process.installs.NpmEngineUpgrader;
import skillrunner.process.installs.SideBySideVersions;
import skillrunner.process.launch.MarkedProcesses;
import skillrunner.process.probe.ModelProbe;
import skillrunner.process.probe.VersionProbe;
import skillrunner.sqlite.UpgradeDatabase;

/** Everything of a server that has to do with looking after engines. */
final class EngineCapability implements AutoCloseable {
    private final String probes;
    private final CreateUpgradeTask upgrades;
    private final ReconcileUpgrades reconcile;
    private final CachedCliVersions versions;
    private final RefreshLiveModels refresh;
    private final LiveModelSettings liveModels;
    private final ModelRegistry models;
    private final EngineUseCases useCases;
    private final Clock clock;

    private EngineCapability(
            Basics basics, EngineWiring wiring, UpgradeDatabase database, Supplier<ProcessIsolation> isolation) {
        Settings settings = basics.settings();
        BackgroundTasks background = basics.threads();
        this.clock = basics.clock();
        this.probes = "probes:" + settings.storage().data();
        this.liveModels = settings.engines().liveModels();
        Engines engines = wiring.engines();
        Map<EngineId, ModelSource> sources = new LinkedHashMap<>();
        engines.clis().forEach(cli -> sources.put(cli.engine(), cli.models()));
        ModelSources modelSources = new ModelSources(sources);
        ModelDirectory.seed(settings.storage().models(), modelSources.shipped());
        ModelSnapshots snapshots =
                new FilesystemModelSnapshots(settings.storage().models());
        LiveCatalogue live = new LiveCatalogue(new FilesystemLiveModelStore(
                settings.storage().data().resolve("engine_catalog"), Map.of(EngineId.OPENCODE, liveModels.cache())));
        ModelLists lists = new ModelProbe(engines, wiring.binaries(), probes, liveModels.limit());
        this.versions = new CachedCliVersions(new VersionProbe(engines, wiring.binaries(), probes), background, clock);
        this.models = new ModelRegistry(modelSources, snapshots, live, versions);
        this.refresh = new RefreshLiveModels(modelSources, lists, live, background, clock);

        SideBySideVersions installed = new SideBySideVersions(engines, wiring.installer());
        EngineUpgrader upgrader = new NpmEngineUpgrader(
                engines, wiring.installer(), settings.storage().data().resolve("tmp"), clock);
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
        ReportEngineAuth auth = new ReportEngineAuth(engines, wiring.binaries(), wiring.home(), clock);
        SummarizeEngines summaries = new SummarizeEngines(engines, versions, auth, models, installed, isolation);
        FindUpgradeTask findUpgrade = new FindUpgradeTask(database.tasks(), upgrader);
        this.useCases = new EngineUseCases(
                engines,
                versions,
                auth,
                models,
                new AddModelSnapshot(modelSources, snapshots, versions, models),
                new SuggestModelSnapshot(modelSources, lists),
                summaries,
                new DescribeEngine(summaries, findUpgrade, models),
                upgrades,
                findUpgrade,
                new RollBackEngine(database.tasks(), installed, this::changed));
    }

    static EngineCapability wire(
            Basics basics, EngineWiring wiring, UpgradeDatabase database, Supplier<ProcessIsolation> isolation) {
        return new EngineCapability(basics, wiring, database, isolation);
    }

    ModelCatalogue models() {
        return models;
    }

    CliVersions versions() {
        return versions;
    }

    /** The routes and pages. */
    List<Consumer<RoutesConfig>> routes(SignInPage signIn, TerminalPage terminals, Pages pages, LegacyRoutes legacy) {
        return List.of(
                new EngineRoutes(useCases)::register,
                new EngineManagementRoutes(useCases)::register,
                new EnginePages(useCases, signIn, terminals, pages, legacy, clock)::register);
    }

    /**
     * Ends what an earlier server left, and begins to ask the CLIs for their versions, so that they are known early. To be
     * called before the port is open.
     */
    void recover() {
        reconcile.reconcile();
        new MarkedProcesses().end(probes);
        versions.ahead(useCases.engines().known());
    }

    /** Begins what goes on by itself. */
    void start() {
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
