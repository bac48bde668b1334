package skillrunner.acceptance.streams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.application.run.journal.JournalReader;
import skillrunner.application.run.journal.ReadEvents;
import skillrunner.application.run.output.ReadStretch;
import skillrunner.domain.run.Run;
import skillrunner.http.HttpServer;
import skillrunner.http.HttpSettings;
import skillrunner.http.page.Pages;
import skillrunner.http.run.DurableStreamRoutes;
import skillrunner.http.run.RunLookup;
import skillrunner.http.run.StreamConnections;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.run.RunFixtures;
import skillrunner.workspace.run.FilesystemRunOutput;
import skillrunner.workspace.run.RunLayout;

import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** The API of streams on a real port, over files, and runs whose output a test writes instead of a process. */
final class WrittenRuns implements AutoCloseable {
    private static final int MANY = 10_000;

    private final Path data;
    private final CoreOnFakes core = new CoreOnFakes();
    private final WrittenJournal journal = new WrittenJournal();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    WrittenRuns(Path data) throws IOException {
        this.data = data;
        core.skills.install(aSkill().build());
        HttpSettings settings = new HttpSettings(
                "127.0.0.1",
                0,
                Set.of(),
                Optional.empty(),
                MANY,
                MANY,
                64L * 1024 * 1024,
                MANY,
                Files.createDirectories(data.resolve("tmp")),
                MANY,
                MANY,
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                Duration.ofSeconds(20));
        StreamConnections connections = new StreamConnections(new Background(threads), Clock.systemUTC(), settings);
        DurableStreamRoutes routes = new DurableStreamRoutes(
                new RunLookup(core.server().findRun, core.server().findTempRun),
                new ReadStretch(core.runs, new FilesystemRunOutput(new RunLayout(data)), core.server().signals),
                // Of what really happened to a run nothing is told: its core knows no run.
                new ReadEvents(
                        core.runs,
                        new JournalReader(journal, new CoreOnFakes().server().keepJournal),
                        core.server().signals),
                connections,
                Clock.systemUTC());
        this.server = HttpServer.create(
                settings, Clock.systemUTC(), List.of(routes::register), new Pages(false), List.of(connections));
        server.start();
    }

    /** Begins a run that has written nothing. */
    WrittenRun begin() {
        Run run = run();
        Path audit = data.resolve("runs").resolve(run.id().toString()).resolve(".audit");
        try {
            Files.createDirectories(audit);
            Path stdout = Files.createFile(audit.resolve("stdout.1.log"));
            Files.createFile(audit.resolve("stderr.1.log"));
            return new WrittenRun(
                    core, run, new FileInk(stdout), address(run.requestId().value(), "stdout"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Begins a run to which nothing has happened. */
    WrittenRun beginEvents() {
        Run run = run();
        return new WrittenRun(
                core,
                run,
                new JsonInk(journal.of(run.id())),
                address(run.requestId().value(), "fcmp"));
    }

    private synchronized Run run() {
        core.create(new CreateRunCommand(
                "demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of("no_cache", true), false));
        return core.runs
                .takeNextQueued(RunFixtures.lease("node-1"), RunFixtures.NOW)
                .orElseThrow();
    }

    private String address(String request, String stream) {
        return "http://127.0.0.1:" + server.port() + "/v1/streams/" + request + "/" + stream;
    }

    /** Where the output of a run would be read that does not exist. */
    String addressOfNone() {
        return address("00000000-0000-4000-8000-000000000000", "stdout");
    }

    @Override
    public void close() {
        server.close();
        threads.shutdownNow();
    }

    private record Background(ExecutorService threads) implements BackgroundTasks {
        @Override
        public void submit(String name, Runnable task) {
            threads.execute(task);
        }

        @Override
        public void submitAfter(Duration delay, String name, Runnable task) {
            Executor later = CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, threads);
            later.execute(task);
        }
    }
}
