package skillrunner.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import skillrunner.application.run.ListRuns;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.application.run.bundle.OpenRunBundle;
import skillrunner.application.run.file.BrowseRunFiles;
import skillrunner.application.run.journal.ReadEvents;
import skillrunner.application.run.journal.ReadHistory;
import skillrunner.application.run.output.ReadStretch;
import skillrunner.application.skill.BrowseSkills;
import skillrunner.application.skill.FindSkillInstall;
import skillrunner.application.skill.InstallSkillPackage;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunId;
import skillrunner.http.access.AccessRule;
import skillrunner.http.contract.ContractRoutes;
import skillrunner.http.contract.DocsPage;
import skillrunner.http.legacy.LegacyRoutes;
import skillrunner.http.operations.OperationsRoutes;
import skillrunner.http.page.Pages;
import skillrunner.http.run.AwaitingPages;
import skillrunner.http.run.ConversationDownloads;
import skillrunner.http.run.ConversationPages;
import skillrunner.http.run.CurrentRunsPage;
import skillrunner.http.run.DurableStreamRoutes;
import skillrunner.http.run.EventRoutes;
import skillrunner.http.run.HistoryRoutes;
import skillrunner.http.run.InteractionRoutes;
import skillrunner.http.run.InteractionUseCases;
import skillrunner.http.run.JobRoutes;
import skillrunner.http.run.JobUseCases;
import skillrunner.http.run.LogRangeRoutes;
import skillrunner.http.run.RunBundleRoutes;
import skillrunner.http.run.RunFilePages;
import skillrunner.http.run.RunFileRoutes;
import skillrunner.http.run.RunLookup;
import skillrunner.http.run.RunManagementRoutes;
import skillrunner.http.run.RunPages;
import skillrunner.http.run.RunPresenter;
import skillrunner.http.run.RunRoutes;
import skillrunner.http.run.StreamConnections;
import skillrunner.http.run.TempRunRoutes;
import skillrunner.http.run.TempRunUseCases;
import skillrunner.http.run.TimelinePages;
import skillrunner.http.skill.SkillInstallPages;
import skillrunner.http.skill.SkillManagementRoutes;
import skillrunner.http.skill.SkillPackageRoutes;
import skillrunner.http.skill.SkillPages;
import skillrunner.http.skill.SkillRoutes;
import skillrunner.testkit.background.DeferredBackgroundTasks;
import skillrunner.testkit.background.SequentialIds;
import skillrunner.testkit.clock.ManualClock;
import skillrunner.testkit.file.InMemoryFolder;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.run.InMemoryBundles;
import skillrunner.testkit.run.ScriptedAgentProcesses;
import skillrunner.testkit.skill.InMemorySkillCatalogue;
import skillrunner.testkit.skill.InMemorySkillInstalls;
import skillrunner.testkit.skill.ScriptedSkillPackages;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** The whole API on a real port, over the real core on ports in memory. No run is taken up before a test says so. */
abstract class HttpTestBed {
    static final int MAX_BODY = 10_000;
    static final int MAX_UPLOAD = 50_000;
    static final long MEMORY = 64L * 1024 * 1024;
    static final int MAX_STREAMS_PER_RUN = 3;
    static final Instant NOW = Instant.parse("2026-11-22T08:30:00.123456Z");

    /** The first request of a test and its run. */
    static final RequestId REQUEST = new RequestId(SequentialIds.id(1));

    static final RunId RUN = new RunId(SequentialIds.id(2));
    static final String JOB = "/v1/jobs/" + REQUEST;

    static final Duration MAX_STREAM_AGE = Duration.ofHours(1);
    static final Duration STALL = Duration.ofSeconds(20);

    static final Duration PATIENCE = Duration.ofSeconds(60);

    static final LegacyRoutes LEGACY_WORKS = new LegacyRoutes(false, "2026-06-30", "/docs/old.md#routes");

    static {
        // Hundreds of tests wait for what takes a millisecond.
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
    }

    private final TestBackground background = new TestBackground();
    final CoreOnFakes core = new CoreOnFakes(background);
    final ManualClock clock = core.clock;
    final InMemorySkillCatalogue catalogue = new InMemorySkillCatalogue();
    final InMemoryFolder folder = new InMemoryFolder();
    final DeferredBackgroundTasks installing = new DeferredBackgroundTasks();
    final StreamConnections events;
    final HttpServer api;
    private final HttpClient client = HttpClient.newHttpClient();

    HttpTestBed(Path temporary) {
        this(temporary, Optional.empty(), LEGACY_WORKS);
    }

    HttpTestBed(Path temporary, int maxConnections) {
        this(temporary, Optional.empty(), LEGACY_WORKS, maxConnections, MAX_STREAM_AGE, STALL);
    }

    HttpTestBed(Path temporary, Duration maxStreamAge, Duration stall) {
        this(temporary, Optional.empty(), LEGACY_WORKS, 10_000, maxStreamAge, stall);
    }

    HttpTestBed(Path temporary, Optional<AccessRule> accessRule, LegacyRoutes legacy) {
        this(temporary, accessRule, legacy, 10_000, MAX_STREAM_AGE, STALL);
    }

    private HttpTestBed(
            Path temporary,
            Optional<AccessRule> accessRule,
            LegacyRoutes legacy,
            int maxConnections,
            Duration maxStreamAge,
            Duration stall) {
        clock.set(NOW);
        core.skills.install(aSkill().notOn(EngineId.IFLOW).build());
        core.skills.install(aSkill("needs-file").takingFile("input_file", true).build());
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
                Duration.ofMillis(500),
                maxStreamAge,
                stall);
        CoreOnFakes.Server server = core.server();
        RunLookup lookup = new RunLookup(server.findRun, server.findTempRun);
        this.events = new StreamConnections(background, clock, settings);
        JobUseCases jobs = new JobUseCases(
                server.createRun,
                server.explainRun,
                server.uploadRunInput,
                server.findRun,
                server.readRunResult,
                server.readRunLogs,
                server.cancelRun,
                core.workspaces,
                server.removeRuns);
        TempRunUseCases temporaryRuns =
                new TempRunUseCases(server.createTempRun, server.uploadTempSkill, server.findTempRun);
        ListRuns listRuns = new ListRuns(core.runs, core.runs.temporary());
        BrowseSkills browseSkills = new BrowseSkills(catalogue, folder, server.engines);
        InMemorySkillInstalls installs = new InMemorySkillInstalls();
        InstallSkillPackage installSkill =
                new InstallSkillPackage(installs, new ScriptedSkillPackages(), installing, new SequentialIds(), clock);
        Pages pages = new Pages(false);
        BrowseRunFiles runFiles = new BrowseRunFiles(server.findRun, folder, server.keepJournal);
        RunFilePages filePages = new RunFilePages(jobs, runFiles, core.output, pages, legacy);
        InteractionUseCases interactions =
                new InteractionUseCases(server.findRun, server.findPending, server.answerQuestion);
        AwaitingPages awaitingPages = new AwaitingPages(jobs, temporaryRuns, pages);
        ConversationPages conversation = new ConversationPages(lookup, interactions, server.journalReader, pages);
        this.api = HttpServer.create(
                settings,
                clock,
                List.of(
                        new ContractRoutes()::register,
                        new DocsPage(pages)::register,
                        new OperationsRoutes(() -> false, () -> "skill_runner_up 1\n")::register,
                        new SkillRoutes(core.skills, server.engines)::register,
                        new SkillManagementRoutes(browseSkills)::register,
                        new SkillPackageRoutes(installSkill, new FindSkillInstall(installs), browseSkills)::register,
                        new SkillInstallPages(installSkill, new FindSkillInstall(installs), browseSkills, pages)
                                ::register,
                        new SkillPages(browseSkills, pages, legacy)::register,
                        new JobRoutes(jobs)::register,
                        new RunRoutes(jobs, lookup)::register,
                        new LogRangeRoutes(lookup, server.readLogRange)::register,
                        new HistoryRoutes(new ReadHistory(server.journalReader), lookup)::register,
                        new InteractionRoutes(interactions, lookup, events)::register,
                        new TempRunRoutes(temporaryRuns, server.findRun)::register,
                        new RunBundleRoutes(
                                lookup,
                                new OpenRunBundle(
                                        server.findRun,
                                        server.readRunResult,
                                        new InMemoryBundles(core.workspaces),
                                        server.keepJournal))::register,
                        new RunManagementRoutes(jobs, listRuns, server.engines)::register,
                        new RunFileRoutes(runFiles)::register,
                        filePages::register,
                        new RunPages(
                                jobs,
                                listRuns,
                                new RunPresenter(jobs, core.skills, core.workspaces, core.output, clock),
                                conversation,
                                filePages,
                                awaitingPages,
                                pages,
                                legacy,
                                server.engines,
                                clock)::register,
                        awaitingPages::register,
                        conversation::register,
                        new TimelinePages(lookup, server.journalReader, pages)::register,
                        new ConversationDownloads(lookup, server.journalReader, pages)::register,
                        new CurrentRunsPage(listRuns, pages, clock)::register,
                        new EventRoutes(server.followRun, lookup, events)::register,
                        new DurableStreamRoutes(
                                lookup,
                                new ReadStretch(core.runs, core.output, server.signals),
                                new ReadEvents(core.runs, server.journalReader, server.signals),
                                events,
                                clock)::register),
                pages,
                List.of(events));
        api.start();
    }

    @AfterEach
    void close() {
        api.close();
        core.server().dispatcher.stop();
        background.close();
    }

    /** Asks for the first run, which nothing takes up. */
    void queued() {
        ask(false);
    }

    /** Asks for the first run, which waits for its files. */
    void awaiting() {
        ask(true);
    }

    /** Asks for the first run and lets its engine start, which says nothing by itself. */
    ScriptedAgentProcesses.ScriptedProcess running() {
        queued();
        return start();
    }

    /** Gives the first run a slot. */
    ScriptedAgentProcesses.ScriptedProcess start() {
        core.server().dispatcher.start();
        await().atMost(PATIENCE).until(() -> !core.processes.launches().isEmpty());
        return core.processes.process(RUN, 1);
    }

    /** Asks for the first run, which gives an answer. */
    void answered(String json) {
        running().answers(json);
        ended();
    }

    /** Ends the first run. */
    void cancel() {
        core.server().cancelRun.cancel(REQUEST);
        ended();
    }

    /** Asks for the first run and ends it before anything takes it up. */
    void canceled() {
        queued();
        cancel();
    }

    /** Waits for the end of the first run. */
    void ended() {
        await().atMost(PATIENCE)
                .until(() -> core.runs.find(RUN).orElseThrow().status().isTerminal());
    }

    /** Lets the first run write something, and nobody is told. */
    void write(OutputStreamKind stream, String text) {
        core.output.append(RUN, stream, text.getBytes(StandardCharsets.UTF_8));
    }

    private void ask(boolean awaitUpload) {
        CreateRunCommand command =
                new CreateRunCommand("demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of(), awaitUpload);
        assertThat(core.create(command).id()).isEqualTo(REQUEST);
    }

    /** Takes all slots and all places of the queue, for ever. */
    void fillQueue() {
        int most = core.settings().slots() + core.settings().maxQueued();
        AtomicInteger taken = new AtomicInteger();
        await().atMost(PATIENCE).until(() -> {
            boolean accepted = post("/v1/jobs", "{\"skill_id\":\"demo\",\"runtime_options\":{\"no_cache\":true}}")
                            .statusCode()
                    == 200;
            return (accepted ? taken.incrementAndGet() : taken.get()) == most;
        });
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
        return Contract.hold(by.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)));
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
