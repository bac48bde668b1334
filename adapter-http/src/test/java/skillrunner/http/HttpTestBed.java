package skillrunner.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import skillrunner.application.engine.EngineBinaries;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.EngineReadiness;
import skillrunner.application.engine.Engines;
import skillrunner.application.file.FilePreview;
import skillrunner.application.file.FileTree;
import skillrunner.application.file.FolderBrowser;
import skillrunner.application.json.JsonText;
import skillrunner.application.json.SchemaValidator;
import skillrunner.application.run.Attempts;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.RunSettings;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.admission.CreateRun;
import skillrunner.application.run.admission.RunAdmission;
import skillrunner.application.run.admission.UploadRunInput;
import skillrunner.application.run.admission.Uploads;
import skillrunner.application.run.cache.CacheKeys;
import skillrunner.application.run.cache.RunCache;
import skillrunner.application.run.execution.CancelRun;
import skillrunner.application.run.execution.RunDispatcher;
import skillrunner.application.run.execution.RunExecutions;
import skillrunner.application.run.execution.TurnOutputs;
import skillrunner.application.run.execution.TurnProcesses;
import skillrunner.application.run.output.FollowRun;
import skillrunner.application.run.output.ReadRunLogs;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.run.result.ReadRunResult;
import skillrunner.application.run.result.RunArtifacts;
import skillrunner.application.run.result.RunConclusion;
import skillrunner.application.run.result.RunRecords;
import skillrunner.application.run.turn.AnswerFiles;
import skillrunner.application.run.turn.PromptTemplates;
import skillrunner.application.run.turn.RunWorkspaces;
import skillrunner.application.run.turn.TurnJudge;
import skillrunner.application.run.turn.TurnPlanner;
import skillrunner.application.run.turn.TurnPreparation;
import skillrunner.application.skill.BrowseSkills;
import skillrunner.application.skill.FindSkillInstall;
import skillrunner.application.skill.InstallSkillPackage;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.skill.SkillCatalogue;
import skillrunner.application.skill.SkillEntry;
import skillrunner.application.skill.SkillStore;
import skillrunner.application.storage.DiskReserve;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RuntimeOptions;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SchemaKind;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillManifest;
import skillrunner.http.access.AccessRule;
import skillrunner.http.legacy.LegacyRoutes;
import skillrunner.http.operations.OperationsRoutes;
import skillrunner.http.page.Pages;
import skillrunner.http.run.EventRoutes;
import skillrunner.http.run.JobRoutes;
import skillrunner.http.run.JobUseCases;
import skillrunner.http.run.RunManagementRoutes;
import skillrunner.http.run.RunPages;
import skillrunner.http.run.RunPresenter;
import skillrunner.http.skill.SkillInstallPages;
import skillrunner.http.skill.SkillManagementRoutes;
import skillrunner.http.skill.SkillPages;
import skillrunner.http.skill.SkillRoutes;
import skillrunner.testkit.background.DeferredBackgroundTasks;
import skillrunner.testkit.clock.ManualClock;
import skillrunner.testkit.engine.TestEngineCli;
import skillrunner.testkit.skill.InMemorySkillInstalls;
import skillrunner.testkit.skill.ScriptedSkillPackages;
import tools.jackson.databind.JsonNode;

/** The whole API on a real port, over ports in memory. */
abstract class HttpTestBed {
    static final int MAX_BODY = 10_000;
    static final int MAX_UPLOAD = 50_000;
    static final long MEMORY = 64L * 1024 * 1024;
    static final int MAX_STREAMS_PER_RUN = 3;
    static final Instant NOW = Instant.parse("2026-11-22T08:30:00.123456Z");
    static final RequestId REQUEST = new RequestId("22222222-2222-4222-8222-222222222222");
    static final RunId RUN = new RunId("11111111-1111-4111-8111-111111111111");
    static final String JOB = "/v1/jobs/" + REQUEST;

    static final LegacyRoutes LEGACY_WORKS = new LegacyRoutes(false, "2026-06-30", "/docs/old.md#routes");

    final ManualClock clock = new ManualClock(NOW);
    final MemoryRuns runs = new MemoryRuns();
    final MemoryOutput output = new MemoryOutput();
    final RunSignals signals = new RunSignals();
    final Map<String, byte[]> artifacts = new HashMap<>();
    final Map<String, SkillEntry> entries = new TreeMap<>();
    final Map<String, FilePreview> previews = new HashMap<>();
    final InMemorySkillInstalls installs = new InMemorySkillInstalls();
    final DeferredBackgroundTasks installing = new DeferredBackgroundTasks();
    byte @Nullable [] result = "{\"status\":\"success\"}".getBytes(StandardCharsets.UTF_8);
    FileTree tree = new FileTree(List.of(), false);
    private final RunWorkspaces workspaces = Ports.answering(
            RunWorkspaces.class, Map.of("uploads", given -> Map.of("numbers", "/runs/uploads/numbers")));
    private final RunRecords records =
            Ports.answering(RunRecords.class, Map.of("storedResult", given -> Optional.ofNullable(result)
                    .map(MemoryOutput::stored)));
    final EventRoutes events;
    final HttpServer api;
    private final TestBackground background = new TestBackground();
    private final HttpClient client = HttpClient.newHttpClient();

    HttpTestBed(Path temporary) {
        this(temporary, Optional.empty(), LEGACY_WORKS);
    }

    HttpTestBed(Path temporary, int maxConnections) {
        this(temporary, Optional.empty(), LEGACY_WORKS, maxConnections);
    }

    HttpTestBed(Path temporary, Optional<AccessRule> accessRule, LegacyRoutes legacy) {
        this(temporary, accessRule, legacy, 10_000);
    }

    private HttpTestBed(Path temporary, Optional<AccessRule> accessRule, LegacyRoutes legacy, int maxConnections) {
        HttpSettings settings = new HttpSettings(
                "127.0.0.1",
                0,
                Set.of("runner.example"),
                accessRule,
                MAX_BODY,
                MAX_UPLOAD,
                MEMORY,
                maxConnections,
                temporary,
                2 * MAX_STREAMS_PER_RUN,
                MAX_STREAMS_PER_RUN,
                Duration.ofMillis(500));
        Attempts attempts = Ports.answering(Attempts.class, Map.of("find", given -> Optional.empty()));
        FindRun findRun = new FindRun(runs, attempts);
        this.events =
                new EventRoutes(new FollowRun(findRun, runs, output, signals), findRun, background, clock, settings);
        Engines engines = new Engines(
                List.of(new TestEngineCli(EngineId.CODEX)),
                List.of(Ports.answering(
                        EngineDriver.class,
                        Map.of(
                                "engine", given -> EngineId.CODEX,
                                "executionModes", given -> Set.of(ExecutionMode.AUTO)))),
                Optional.empty());
        SkillStore skills = skills();
        JobUseCases jobs = jobs(skills, engines, attempts, findRun, clock);
        RunManagementRoutes management = new RunManagementRoutes(jobs, runs);
        BrowseSkills browseSkills = browseSkills();
        InstallSkillPackage installSkill = new InstallSkillPackage(
                installs,
                new ScriptedSkillPackages(),
                installing,
                () -> UUID.randomUUID().toString(),
                clock);
        SkillManagementRoutes skillManagement = new SkillManagementRoutes(browseSkills, engines);
        Pages pages = new Pages(false);
        this.api = HttpServer.create(
                settings,
                clock,
                List.of(
                        new OperationsRoutes(() -> false, () -> "skill_runner_up 1\n")::register,
                        new SkillRoutes(skills, engines)::register,
                        skillManagement::register,
                        new SkillInstallPages(installSkill, new FindSkillInstall(installs), pages)::register,
                        new SkillPages(browseSkills, skillManagement, pages, legacy)::register,
                        new JobRoutes(jobs)::register,
                        management::register,
                        new RunPages(
                                jobs,
                                management,
                                new RunPresenter(jobs, skills, workspaces, output, clock),
                                pages,
                                legacy)::register,
                        events::register),
                pages,
                List.of(events));
        api.start();
    }

    @AfterEach
    void close() {
        api.close();
        background.close();
    }

    private BrowseSkills browseSkills() {
        SkillCatalogue catalogue = Ports.answering(
                SkillCatalogue.class,
                Map.of(
                        "entries", given -> List.copyOf(entries.values()),
                        "entry", given -> Optional.ofNullable(entries.get((String) given[0]))));
        FolderBrowser folders = Ports.answering(
                FolderBrowser.class,
                Map.of(
                        "tree", given -> tree,
                        "preview", given -> preview((String) given[1])));
        return new BrowseSkills(catalogue, folders);
    }

    private FilePreview preview(String path) {
        return Optional.ofNullable(previews.get(path))
                .orElseThrow(() -> new RefusedException(
                        path.isBlank() || path.contains("..") ? ErrorCode.PATH_INVALID : ErrorCode.FILE_NOT_FOUND,
                        "no such path"));
    }

    private JobUseCases jobs(SkillStore skills, Engines engines, Attempts attempts, FindRun findRun, Clock clock) {
        RunSettings settings = new RunSettings("node", 1, 1, 1200, 1200, false, Duration.ofSeconds(1));
        JsonText json = Ports.answering(JsonText.class, Map.of("canonical", given -> String.valueOf(given[0])));
        SchemaValidator schemas = (schema, value) -> List.of();
        RunArtifacts files = files();
        RunCache cache = Ports.answering(RunCache.class, Map.of("find", given -> Optional.empty()));
        CacheKeys keys = new CacheKeys(json);
        RunConclusion conclusion = new RunConclusion(runs, attempts, cache, keys, skills, records, files, clock);
        TurnPreparation preparation = new TurnPreparation(
                skills,
                engines,
                workspaces,
                records,
                Ports.unused(EngineBinaries.class),
                engine -> Optional.empty(),
                path -> Optional.empty(),
                new TurnPlanner(schemas, json, Ports.unused(PromptTemplates.class), settings),
                clock);
        AgentProcesses processes = Ports.unused(AgentProcesses.class);
        RunExecutions executions = new RunExecutions(
                runs,
                preparation,
                new TurnProcesses(attempts, processes, workspaces),
                new TurnOutputs(engines, output, processes, signals),
                new TurnJudge(files, Ports.unused(AnswerFiles.class), json, schemas),
                conclusion,
                Ports.unused(DiskReserve.class),
                signals,
                background,
                clock,
                () -> Duration.ZERO,
                settings);
        Uploads uploads = uploads();
        EngineBinaries anyProgram = Ports.answering(
                EngineBinaries.class,
                Map.of("find", given -> Optional.of("/bin/codex"), "environment", given -> Map.of()));
        RunAdmission admission = new RunAdmission(
                runs,
                cache,
                records,
                uploads,
                skills,
                keys,
                new EngineReadiness(
                        engines, anyProgram, path -> Optional.empty(), engine -> Optional.empty(), System::nanoTime),
                new RunDispatcher(runs, executions, signals, background, clock, settings),
                () -> UUID.randomUUID().toString(),
                clock,
                settings);
        return new JobUseCases(
                new CreateRun(
                        skills,
                        engines,
                        engine -> List.of(),
                        schemas,
                        runs,
                        admission,
                        keys,
                        () -> UUID.randomUUID().toString(),
                        clock,
                        settings),
                new UploadRunInput(runs, uploads, skills, admission),
                findRun,
                new ReadRunResult(records, conclusion),
                new ReadRunLogs(output),
                new CancelRun(findRun, runs, conclusion, signals, clock),
                files);
    }

    private static SkillStore skills() {
        Map<SchemaKind, Map<String, Object>> withFile = Map.of(
                SchemaKind.INPUT,
                Map.of(
                        "properties", Map.of("input_file", Map.of("type", "string", "x-input-source", "file")),
                        "required", List.of("input_file")));
        InstalledSkill demo = new InstalledSkill(manifest("demo"), "/skills/demo", Map.of());
        InstalledSkill needing = new InstalledSkill(manifest("needs-file"), "/skills/needs-file", withFile);
        Map<SkillId, InstalledSkill> all =
                Map.of(demo.manifest().id(), demo, needing.manifest().id(), needing);
        Map<String, Function<Object[], Object>> answers = Map.of(
                "list", given -> List.of(demo, needing),
                "find", given -> Optional.ofNullable(all.get((SkillId) given[0])),
                "fileHashes", given -> Map.of());
        return Ports.answering(SkillStore.class, answers);
    }

    static SkillManifest manifest(String id) {
        return new SkillManifest(
                new SkillId(id),
                "Demo",
                "Shows",
                Optional.of("1.0.0"),
                List.of(EngineId.CODEX),
                List.of(EngineId.IFLOW),
                List.of(ExecutionMode.AUTO),
                Optional.empty(),
                Map.of(SchemaKind.INPUT, "assets/input.schema.json"),
                List.of(),
                Map.of(),
                Map.of());
    }

    private static Uploads uploads() {
        return new Uploads() {
            @Override
            public List<String> store(RequestId request, InputStream archive) throws IOException {
                return List.of("bytes-" + archive.readAllBytes().length);
            }

            @Override
            public Map<String, FileDigest> digests(RequestId request) {
                return Map.of();
            }

            @Override
            public void discard(RequestId request) {}
        };
    }

    private RunArtifacts files() {
        return new RunArtifacts() {
            @Override
            public Listing secure(RunId run) {
                return list(run);
            }

            @Override
            public Listing list(RunId run) {
                return new Listing(artifacts.keySet().stream().sorted().toList(), true, 0);
            }

            @Override
            public Optional<Artifact> open(RunId run, String path) {
                return Optional.ofNullable(artifacts.get(path))
                        .map(bytes -> new Artifact(
                                path.substring(path.lastIndexOf('/') + 1),
                                bytes.length,
                                () -> new ByteArrayInputStream(bytes)));
            }
        };
    }

    static RunRequest request() {
        return new RunRequest(
                REQUEST,
                new SkillId("demo"),
                EngineId.CODEX,
                Optional.empty(),
                Map.of(),
                Map.of(),
                new RuntimeOptions(
                        ExecutionMode.AUTO, Optional.empty(), 1200, Optional.empty(), false, false, false, 0),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                NOW);
    }

    static Run queued() {
        return Run.queued(RUN, REQUEST, new SkillId("demo"), EngineId.CODEX, NOW);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        return send(client, method, path, body, headers);
    }

    private HttpResponse<String> send(HttpClient by, String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return by.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, "");
    }

    HttpResponse<String> post(String path, String json) throws Exception {
        return send("POST", path, json, "Content-Type", "application/json");
    }

    /** On a connection of its own: a server that refuses a body closes the connection, which a client may reuse too early. */
    HttpResponse<String> upload(String path, String part, String content) throws Exception {
        String body = "--b\r\nContent-Disposition: form-data; name=\"" + part
                + "\"; filename=\"in.zip\"\r\nContent-Type: application/zip\r\n\r\n" + content + "\r\n--b--\r\n";
        return send(HttpClient.newHttpClient(), "POST", path, body, "Content-Type", "multipart/form-data; boundary=b");
    }

    static JsonNode json(String text) {
        return WireFormat.mapper().readTree(text);
    }
}
