package skillrunner.app;

import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.app.settings.AccessSettings;
import skillrunner.app.settings.Settings;
import skillrunner.app.settings.StorageSettings;
import skillrunner.app.store.DataDirectoryLock;
import skillrunner.app.store.StoreWatch;
import skillrunner.app.store.Stores;
import skillrunner.application.background.IdSource;
import skillrunner.application.engine.EngineReadiness;
import skillrunner.application.engine.Engines;
import skillrunner.application.json.JsonText;
import skillrunner.application.run.Attempts;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.RunSettings;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.Runs;
import skillrunner.application.run.admission.CreateRun;
import skillrunner.application.run.admission.RunAdmission;
import skillrunner.application.run.admission.RunRequests;
import skillrunner.application.run.admission.UploadRunInput;
import skillrunner.application.run.admission.Uploads;
import skillrunner.application.run.cache.CacheKeys;
import skillrunner.application.run.cache.RunCache;
import skillrunner.application.run.execution.CancelRun;
import skillrunner.application.run.execution.ReconcileRuns;
import skillrunner.application.run.execution.RunDispatcher;
import skillrunner.application.run.execution.RunExecutions;
import skillrunner.application.run.execution.TurnOutputs;
import skillrunner.application.run.execution.TurnProcesses;
import skillrunner.application.run.output.FollowRun;
import skillrunner.application.run.output.ReadRunLogs;
import skillrunner.application.run.output.RunOutput;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.run.result.ReadRunResult;
import skillrunner.application.run.result.RunArtifacts;
import skillrunner.application.run.result.RunConclusion;
import skillrunner.application.run.turn.TurnJudge;
import skillrunner.application.run.turn.TurnPlanner;
import skillrunner.application.run.turn.TurnPreparation;
import skillrunner.application.skill.BrowseSkills;
import skillrunner.application.storage.DiskReserve;
import skillrunner.application.storage.WatchDisk;
import skillrunner.files.DurableFiles;
import skillrunner.files.FileTrees;
import skillrunner.files.UntrustedFolder;
import skillrunner.http.HttpServer;
import skillrunner.http.HttpSettings;
import skillrunner.http.legacy.LegacyRoutes;
import skillrunner.http.operations.OperationsRoutes;
import skillrunner.http.page.Pages;
import skillrunner.http.run.EventRoutes;
import skillrunner.http.run.JobRoutes;
import skillrunner.http.run.JobUseCases;
import skillrunner.http.run.RunManagementRoutes;
import skillrunner.http.run.RunPages;
import skillrunner.http.run.RunPresenter;
import skillrunner.http.skill.SkillManagementRoutes;
import skillrunner.http.skill.SkillPages;
import skillrunner.http.skill.SkillRoutes;
import skillrunner.process.follow.FileFollower;
import skillrunner.process.launch.DetachedAgentProcesses;
import skillrunner.sqlite.SqliteDatabase;
import skillrunner.workspace.file.FilesystemFolderBrowser;
import skillrunner.workspace.json.JacksonJson;
import skillrunner.workspace.json.NetworkntSchemas;
import skillrunner.workspace.prompt.JinjaTemplates;
import skillrunner.workspace.run.FilesystemAnswerFiles;
import skillrunner.workspace.run.FilesystemRunArtifacts;
import skillrunner.workspace.run.FilesystemRunOutput;
import skillrunner.workspace.run.FilesystemUploads;
import skillrunner.workspace.run.RunDirectories;
import skillrunner.workspace.run.RunLayout;
import skillrunner.workspace.skill.FilesystemSkillStore;
import skillrunner.workspace.skill.PackageInspection;
import skillrunner.workspace.storage.FileDiskReserve;
import skillrunner.workspace.zip.ZipIntake;

/** A server: everything wired, recovered and listening. Stopping leaves the engines' processes alone. */
public final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final String NODE = "local";

    /** What nobody waits for does not take the processors from whoever waits for the first answer. */
    private static final Duration AFTER_FIRST_ANSWER = Duration.ofMillis(250);

    /** Bodies and answers of all clients may fill one part of so many of the memory. */
    private static final int SHARE_OF_REQUESTS = 4;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final HttpServer api;

    private Server(Settings settings, Map<String, String> environment, Consumer<String> lost) {
        StorageSettings storage = settings.storage();
        AnsweringFolders.require(Stream.of(
                storage.data(),
                storage.skills(),
                storage.builtinSkills(),
                storage.models(),
                storage.agentHome(),
                storage.npmPrefix()));
        PrivateFolders folders = new PrivateFolders(storage);
        folders.make(storage.data());
        DataDirectoryLock lock = part(DataDirectoryLock.take(storage.data())
                .orElseThrow(() -> new StartRefusedException("another server uses the data directory " + storage.data()
                        + "; set SKILL_RUNNER_DATA_DIR to another one")));
        createFolders(storage, folders);
        DiskReserve reserve = new FileDiskReserve(storage.data());
        Clock clock = Clock.systemUTC();
        IdSource ids = () -> UUID.randomUUID().toString();
        ServerThreads threads = new ServerThreads();
        // The web framework takes as long to load as the database takes to open; the second processor can do it
        // meanwhile.
        threads.submit("preload", HttpServer::preload);
        JsonText json = new JacksonJson();
        Stores stores = part(Stores.open(storage.data(), json));
        StoreWatch watch = part(new StoreWatch(lock, stores, threads, lost));
        SqliteDatabase database = stores.runs();
        reserve.restore();

        EngineWiring wiring = EngineWiring.of(storage, settings.engines(), environment);
        Engines engines = wiring.engines();
        engines.clis().forEach(wiring.home()::prepare);
        IsolationTrial isolation = new IsolationTrial(settings.processes());
        EngineCapability engineCapability = EngineCapability.wire(
                settings, wiring, stores.upgrades(), () -> isolation.outcome().kind(), threads, ids, clock);
        part(engineCapability);
        closeDatabases(storage, folders);
        settings.log().file().ifPresent(folders::closeFile);

        NetworkntSchemas schemas = new NetworkntSchemas();
        PackageInspection inspection = new PackageInspection(engines.known(), schemas);
        SkillCapability skillCapability =
                part(SkillCapability.wire(settings, inspection, database.installs(), json, threads, ids, clock));
        RunLayout layout = new RunLayout(storage.data());
        FilesystemSkillStore skills =
                new FilesystemSkillStore(List.of(storage.skills(), storage.builtinSkills()), inspection, clock);
        BrowseSkills browseSkills = new BrowseSkills(skills, new FilesystemFolderBrowser());
        RunDirectories directories = new RunDirectories(layout, json, engines.settingsFiles());
        RunArtifacts artifacts = new FilesystemRunArtifacts(layout);
        RunOutput output = new FilesystemRunOutput(layout);
        Uploads uploads = new FilesystemUploads(
                layout,
                new ZipIntake(settings.archives().uploads(), settings.archives().nameCharset()));
        Runs runs = database.runs();
        RunRequests requests = database.requests();
        Attempts attempts = database.attempts();
        RunCache cache = database.cache();
        AgentProcesses processes = new DetachedAgentProcesses(part(FileFollower.start(threads)), isolation::outcome);
        RunSignals signals = new RunSignals();
        CacheKeys keys = new CacheKeys(json);
        RunSettings runSettings = new RunSettings(
                NODE,
                settings.runs().slots().slots(MachineProbe.measure()),
                settings.runs().maxQueued(),
                settings.runs().sessionTimeoutSeconds(),
                settings.runs().hardTimeoutSeconds(),
                settings.engines().sandboxed(),
                POLL);

        RunConclusion conclusion =
                new RunConclusion(runs, attempts, cache, keys, skills, directories, artifacts, clock);
        TurnPreparation preparation = new TurnPreparation(
                skills,
                engines,
                directories,
                directories,
                wiring.binaries(),
                engineCapability.versions(),
                wiring.home(),
                new TurnPlanner(schemas, json, new JinjaTemplates(json), runSettings),
                clock);
        TurnProcesses turns = new TurnProcesses(attempts, processes, directories);
        RunExecutions executions = new RunExecutions(
                runs,
                preparation,
                turns,
                new TurnOutputs(engines, output, processes, signals),
                new TurnJudge(artifacts, new FilesystemAnswerFiles(layout), json, schemas),
                conclusion,
                reserve,
                signals,
                threads,
                clock,
                threads.monotonic(),
                runSettings);
        new WatchDisk(reserve, threads).start();
        RunDispatcher dispatcher = new RunDispatcher(runs, executions, signals, threads, clock, runSettings);
        part(dispatcher::stop);
        EngineReadiness readiness = new EngineReadiness(
                engines,
                wiring.binaries(),
                wiring.home(),
                engine -> engineCapability.versions().evident(engine, Duration.ZERO),
                System::nanoTime);
        RunAdmission admission = new RunAdmission(
                requests, cache, directories, uploads, skills, keys, readiness, dispatcher, ids, clock, runSettings);
        FindRun findRun = new FindRun(runs, attempts);
        JobUseCases jobs = new JobUseCases(
                new CreateRun(
                        skills,
                        engines,
                        engineCapability.models(),
                        schemas,
                        requests,
                        admission,
                        keys,
                        ids,
                        clock,
                        runSettings),
                new UploadRunInput(runs, uploads, skills, admission),
                findRun,
                new ReadRunResult(directories, conclusion),
                new ReadRunLogs(output),
                new CancelRun(findRun, runs, conclusion, signals, clock),
                artifacts);

        HttpSettings http = new HttpSettings(
                settings.access().host(),
                settings.access().port(),
                settings.access().allowedHosts(),
                settings.access().rule(),
                settings.access().maxBodyBytes(),
                Math.max(
                        settings.archives().uploads().archiveBytes(),
                        settings.archives().packages().archiveBytes()),
                Runtime.getRuntime().maxMemory() / SHARE_OF_REQUESTS,
                settings.access().maxConnections(),
                storage.data().resolve("tmp"),
                settings.access().maxStreams(),
                settings.access().maxStreamsPerRun(),
                HEARTBEAT);
        EventRoutes events =
                new EventRoutes(new FollowRun(findRun, runs, output, signals), findRun, threads, clock, http);
        OperationsRoutes operations = new OperationsRoutes(
                AnsweringFolders.within(
                        storage.data(),
                        () -> !reserve.exhausted()
                                && reserve.writable()
                                && watch.fault().isEmpty()),
                new Metrics(runs, dispatcher, runSettings.slots(), events::openStreams));
        Pages pages = new Pages(settings.access().insecure());
        LegacyRoutes legacy = new LegacyRoutes(
                settings.legacy().gone(),
                settings.legacy().sunset(),
                settings.legacy().document());
        RunManagementRoutes management = new RunManagementRoutes(jobs, runs);
        SkillManagementRoutes skillManagement = new SkillManagementRoutes(browseSkills, engines);
        // Routes are tried in this order, so what is asked for most comes first.
        List<Consumer<RoutesConfig>> routes =
                new ArrayList<>(List.of(operations::register, new JobRoutes(jobs)::register));
        routes.addAll(engineCapability.routes(pages, legacy));
        routes.addAll(skillCapability.routes(pages));
        routes.addAll(List.of(
                new SkillRoutes(skills, engines)::register,
                skillManagement::register,
                new SkillPages(browseSkills, skillManagement, pages, legacy)::register,
                management::register,
                new RunPages(
                                jobs,
                                management,
                                new RunPresenter(jobs, skills, directories, output, clock),
                                pages,
                                legacy)::register,
                events::register));
        this.api = HttpServer.create(http, clock, routes, pages, List.of(events));

        int recovered = new ReconcileRuns(runs, turns, dispatcher, threads, clock, NODE).reconcile();
        engineCapability.recover();
        skillCapability.recover();
        LOG.info("{} slots, queue of {}, {} runs picked up", runSettings.slots(), runSettings.maxQueued(), recovered);
        logAccess(settings.access());
        listen(settings);
        isolation.begin(threads, AFTER_FIRST_ANSWER);
        part(api);
        part(ServerAddress.publish(storage.data(), settings.access().host(), api.port()));
        dispatcher.start();
        engineCapability.start();
        watch.start();
        threads.submitAfter(AFTER_FIRST_ANSWER, "hold-folders", UntrustedFolder::prepare);
    }

    /**
     * Starts a server: returns once recovery has finished and the port is open.
     *
     * @param settings how
     * @param environment the variables of this process, for the children's allow-list
     * @param lost called with half a sentence when the data directory is not any more what it was; should end the process
     *     without closing the server, which would write
     * @return the server
     */
    public static Server start(Settings settings, Map<String, String> environment, Consumer<String> lost) {
        settings.runs().warnings().forEach(LOG::warn);
        return new Server(settings, environment, lost);
    }

    /**
     * Returns the port that is open.
     *
     * @return the port
     */
    public int port() {
        return api.port();
    }

    /** Stops accepting, closes streams, lets go of the runs. Their processes go on and are picked up at the next start. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.warn("a part did not stop cleanly: {}", e.toString());
            }
        }
        LOG.info("the server has stopped");
    }

    private static void logAccess(AccessSettings access) {
        if (access.jobsAreOpenToOthers()) {
            LOG.warn(
                    "listening on {}, and jobs ask for no password: everybody who reaches this address can run skills",
                    access.host());
        }
        LOG.info(access.rule()
                .map(rule -> switch (rule.scope()) {
                    case UI -> "Basic Auth is on for /ui, skill packages and changes of engines; jobs are open";
                    case ALL -> "Basic Auth is on for everything but /healthz, /readyz, assets and sign-in callbacks";
                })
                .orElse("Basic Auth is off"));
    }

    private void listen(Settings settings) {
        try {
            api.start();
        } catch (RuntimeException e) {
            close();
            throw new StartRefusedException(ListenFailure.explain(
                    settings.access().host(), settings.access().port(), e));
        }
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    /** Files that were being written, and belong to nobody either. They are in nobody's way, so they never stop a start. */
    private static void sweep(Path folder) {
        try {
            DurableFiles.sweepEarlier(folder);
        } catch (IOException e) {
            LOG.warn("unfinished files in {} could not be removed: {}", folder, e.toString());
        }
    }

    private static void createFolders(StorageSettings storage, PrivateFolders folders) {
        // What a crash left of uploads in flight belongs to nobody.
        FileTrees.remove(storage.data().resolve("tmp"));
        sweep(storage.data());
        sweep(storage.data().resolve("runs"));
        Stream.of("runs", "requests", "tmp").map(storage.data()::resolve).forEach(folders::make);
        folders.make(storage.agentHome());
        Stream.of(storage.skills(), storage.models()).forEach(folders::makeOrLeave);
        folders.makeNpmPrefix();
    }

    /** A database gives its own mode to the files it makes beside itself. */
    private static void closeDatabases(StorageSettings storage, PrivateFolders folders) {
        for (String database : List.of("skill_runner.db", "engine_upgrades.db")) {
            Stream.of("", "-wal", "-shm")
                    .map(end -> storage.data().resolve(database + end))
                    .forEach(folders::closeFile);
        }
    }
}
