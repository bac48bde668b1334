package skillrunner.http;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import skillrunner.application.engine.Engines;
import skillrunner.application.engine.InstalledVersion;
import skillrunner.application.engine.InstalledVersions;
import skillrunner.application.engine.ModelSource;
import skillrunner.application.engine.RenewSignIns;
import skillrunner.application.engine.ReportEngineAuth;
import skillrunner.application.engine.ShippedModels;
import skillrunner.application.engine.SignInRenewal;
import skillrunner.application.engine.TrustedFolders;
import skillrunner.application.model.AddModelSnapshot;
import skillrunner.application.model.LiveCatalogue;
import skillrunner.application.model.ModelRegistry;
import skillrunner.application.model.ModelSources;
import skillrunner.application.model.RefreshLiveModels;
import skillrunner.application.model.SuggestModelSnapshot;
import skillrunner.application.overview.DescribeEngine;
import skillrunner.application.overview.SummarizeEngines;
import skillrunner.application.signin.ExclusiveUse;
import skillrunner.application.signin.SignIns;
import skillrunner.application.signin.SignOut;
import skillrunner.application.terminal.TerminalGateway;
import skillrunner.application.terminal.TerminalHome;
import skillrunner.application.terminal.TerminalLimits;
import skillrunner.application.terminal.TerminalMachine;
import skillrunner.application.terminal.Terminals;
import skillrunner.application.upgrade.CreateUpgradeTask;
import skillrunner.application.upgrade.FindUpgradeTask;
import skillrunner.application.upgrade.RollBackEngine;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelEntry;
import skillrunner.domain.run.ProcessIsolation;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInProvider;
import skillrunner.domain.signin.SignInTransport;
import skillrunner.domain.signin.SignInWay;
import skillrunner.http.engine.EngineManagementRoutes;
import skillrunner.http.engine.EnginePages;
import skillrunner.http.engine.EngineRoutes;
import skillrunner.http.engine.EngineUseCases;
import skillrunner.http.legacy.LegacyRoutes;
import skillrunner.http.page.Pages;
import skillrunner.http.signin.SignInCallbacks;
import skillrunner.http.signin.SignInPage;
import skillrunner.http.signin.SignInRoutes;
import skillrunner.http.terminal.TerminalPage;
import skillrunner.http.terminal.TerminalRoutes;
import skillrunner.testkit.background.DeferredBackgroundTasks;
import skillrunner.testkit.background.OwnThreads;
import skillrunner.testkit.background.SequentialIds;
import skillrunner.testkit.cli.ScriptedPrograms;
import skillrunner.testkit.clock.ManualClock;
import skillrunner.testkit.console.ScriptedConsoles;
import skillrunner.testkit.engine.TestEngineCli;
import skillrunner.testkit.model.InMemoryLiveModelStore;
import skillrunner.testkit.model.InMemoryModelSnapshots;
import skillrunner.testkit.model.LinesCommand;
import skillrunner.testkit.model.ScriptedCliVersions;
import skillrunner.testkit.model.ScriptedModelLists;
import skillrunner.testkit.signin.InMemorySignInRecords;
import skillrunner.testkit.signin.ScriptedSignIn;
import skillrunner.testkit.storage.ScriptedDisk;
import skillrunner.testkit.terminal.InMemoryHome;
import skillrunner.testkit.terminal.InMemoryTerminalFolders;
import skillrunner.testkit.terminal.ScriptedTerminalProbe;
import skillrunner.testkit.upgrade.InMemoryUpgradeTasks;
import skillrunner.testkit.upgrade.ScriptedUpgrader;

import static skillrunner.domain.engine.EngineId.CODEX;
import static skillrunner.domain.engine.EngineId.GEMINI;
import static skillrunner.domain.engine.EngineId.IFLOW;
import static skillrunner.domain.engine.EngineId.OPENCODE;

/** Everything about engines on a real port, over ports in memory. Upgrades wait until a test lets them work. */
abstract class EngineTestBed {
    final InMemoryUpgradeTasks tasks = new InMemoryUpgradeTasks();
    final ScriptedUpgrader upgrader = new ScriptedUpgrader();
    final DeferredBackgroundTasks background = new DeferredBackgroundTasks();
    final ManualClock clock = new ManualClock();
    final ScriptedCliVersions versions = new ScriptedCliVersions();
    final InMemoryModelSnapshots snapshots = new InMemoryModelSnapshots();
    final ScriptedModelLists lists = new ScriptedModelLists();
    final Map<EngineId, List<InstalledVersion>> installed = new HashMap<>();
    final ScriptedPrograms programs = new ScriptedPrograms(Set::of);
    final Set<String> credentials = new HashSet<>();
    final Set<EngineId> inUse = new HashSet<>(EngineId.BUILT_IN);
    final RefreshLiveModels refresh;
    final InMemorySignInRecords signInRecords = new InMemorySignInRecords();
    final ScriptedSignIn proxy = new ScriptedSignIn(
            SignInWay.of(SignInTransport.OAUTH_PROXY, CODEX, SignInMethod.CALLBACK),
            SignInWay.of(SignInTransport.OAUTH_PROXY, CODEX, SignInMethod.AUTH_CODE_OR_URL),
            new SignInWay(
                    SignInTransport.OAUTH_PROXY,
                    OPENCODE,
                    SignInMethod.API_KEY,
                    Optional.of(new SignInProvider("deepseek", "DeepSeek"))));
    final ScriptedSignIn delegate =
            new ScriptedSignIn(SignInWay.of(SignInTransport.CLI_DELEGATE, GEMINI, SignInMethod.AUTH_CODE_OR_URL));
    final SignIns signIns;
    final ScriptedConsoles consoles = new ScriptedConsoles();
    final Terminals terminals;
    private final DeferredBackgroundTasks looking = new DeferredBackgroundTasks();

    private final HttpServer api;
    private final HttpClient client = HttpClient.newHttpClient();

    EngineTestBed(Path temporary, Set<EngineId> unused, boolean legacyIsGone) {
        inUse.removeAll(unused);
        ModelSource.Live live = new ModelSource.Live(
                new LinesCommand(), List.of(ModelEntry.provided("openai", "gpt-5", "seed_fallback")));
        ModelSource.Snapshots asked = new ModelSource.Snapshots(Optional.of(new LinesCommand()), ShippedModels.NONE);
        Engines engines = new Engines(
                List.of(
                        new TestEngineCli(CODEX, asked),
                        new TestEngineCli(GEMINI),
                        new TestEngineCli(IFLOW),
                        new TestEngineCli(OPENCODE, live)),
                List.of(),
                Optional.of(inUse));
        ModelSources sources = new ModelSources(Map.of(
                CODEX,
                asked,
                GEMINI,
                new ModelSource.Snapshots(Optional.empty(), ShippedModels.NONE),
                IFLOW,
                new ModelSource.Snapshots(Optional.empty(), ShippedModels.NONE),
                OPENCODE,
                live));
        LiveCatalogue catalogue = new LiveCatalogue(new InMemoryLiveModelStore(new ScriptedDisk()));
        ModelRegistry models = new ModelRegistry(sources, snapshots, catalogue, versions);
        this.refresh = new RefreshLiveModels(sources, lists, catalogue, background, clock);
        engines.known().forEach(engine -> programs.uninstall(engine.wire()));
        ReportEngineAuth auth = new ReportEngineAuth(
                engines,
                programs,
                path -> Optional.of("{}").filter(text -> credentials.contains(path)),
                SignInRenewal.NONE,
                clock);
        SummarizeEngines summaries =
                new SummarizeEngines(engines, versions, auth, models, side(), () -> ProcessIsolation.PID_NAMESPACE);
        FindUpgradeTask findUpgrade = new FindUpgradeTask(tasks, upgrader);
        EngineUseCases useCases = new EngineUseCases(
                engines,
                versions,
                auth,
                models,
                new AddModelSnapshot(sources, snapshots, versions, models),
                new SuggestModelSnapshot(sources, lists),
                summaries,
                new DescribeEngine(summaries, findUpgrade, models),
                new CreateUpgradeTask(
                        tasks,
                        upgrader,
                        engines.known(),
                        engines::inUse,
                        engine -> {},
                        background,
                        new SequentialIds(),
                        clock),
                findUpgrade,
                new RollBackEngine(tasks, side(), engine -> {}));
        Pages pages = new Pages(false);
        HttpSettings settings = new HttpSettings(
                "127.0.0.1",
                0,
                Set.of(),
                Optional.empty(),
                HttpTestBed.MAX_BODY,
                HttpTestBed.MAX_UPLOAD,
                HttpTestBed.MEMORY,
                10_000,
                temporary,
                1,
                1,
                Duration.ofSeconds(1),
                Duration.ofHours(1),
                Duration.ofSeconds(20));
        ExclusiveUse use = new ExclusiveUse();
        SignOut signOut =
                new SignOut(engines, file -> credentials.remove(file.path()), use, new SequentialIds(), clock);
        this.signIns = new SignIns(
                List.of(proxy, delegate),
                use,
                signInRecords,
                engine -> false,
                looking,
                new SequentialIds(),
                clock,
                Optional.of(Duration.ofMinutes(15)));
        InMemoryHome home = new InMemoryHome();
        this.terminals = new Terminals(
                engines,
                new TerminalMachine(
                        consoles,
                        programs,
                        new ScriptedTerminalProbe(),
                        name -> Optional.empty(),
                        TerminalGateway.EMBEDDED),
                new TerminalHome(
                        home,
                        new TrustedFolders(engines, home),
                        new RenewSignIns(SignInRenewal.NONE, new OwnThreads()),
                        "/home"),
                new InMemoryTerminalFolders(),
                use,
                new OwnThreads(),
                new SequentialIds(),
                clock,
                new TerminalLimits(Duration.ofMinutes(30), Duration.ofMinutes(15), Duration.ZERO));
        this.api = HttpServer.create(
                settings,
                clock,
                List.of(
                        new SignInRoutes(signIns, signOut, engines, engine -> auth.report(engine)
                                .ready())::register,
                        new SignInCallbacks(signIns)::register,
                        new TerminalRoutes(terminals, engines, pages, clock)::register,
                        new EngineRoutes(useCases)::register,
                        new EngineManagementRoutes(useCases)::register,
                        new EnginePages(
                                useCases,
                                new SignInPage(signIns),
                                new TerminalPage(terminals, engines, () -> true, false),
                                pages,
                                new LegacyRoutes(legacyIsGone, "2026-06-30", "/docs/old.md"),
                                clock)::register),
                pages,
                List.of());
        for (EngineId engine : List.of(CODEX, GEMINI, IFLOW)) {
            snapshots.store(engine, "1.0.0", engine + "-model");
            snapshots.list(engine, "1.0.0");
        }
        api.start();
    }

    @AfterEach
    void close() {
        terminals.close();
        api.close();
    }

    Set<String> routes() {
        return api.routes();
    }

    Set<String> webSockets() {
        return api.webSockets();
    }

    private InstalledVersions side() {
        return new InstalledVersions() {
            @Override
            public List<InstalledVersion> list(EngineId engine) {
                return installed.getOrDefault(engine, List.of());
            }

            @Override
            public Rollback rollBack(EngineId engine) {
                return list(engine).stream()
                        .filter(InstalledVersion::previous)
                        .findFirst()
                        .<Rollback>map(version -> new Rollback.Done(version.version()))
                        .orElseGet(Rollback.NoEarlierVersion::new);
            }
        };
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        return send(HttpRequest.newBuilder(address(path)), headers);
    }

    /** Sends a form: names and values in turn. */
    HttpResponse<String> post(String path, List<String> fields, String... headers) throws Exception {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < fields.size(); i += 2) {
            pairs.add(encoded(fields.get(i)) + "=" + encoded(fields.get(i + 1)));
        }
        return send(
                HttpRequest.newBuilder(address(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(String.join("&", pairs))),
                headers);
    }

    HttpResponse<String> postJson(String path, String json) throws Exception {
        return send(HttpRequest.newBuilder(address(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    HttpResponse<String> delete(String path) throws Exception {
        return send(HttpRequest.newBuilder(address(path)).DELETE());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    TestSocket socket(String path, String... headers) {
        return TestSocket.open(client, URI.create("ws://127.0.0.1:" + api.port() + path), headers);
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + api.port() + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers) throws Exception {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return Contract.hold(client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)));
    }
}
