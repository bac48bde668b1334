package skillrunner.embedding;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.run.output.StreamFrame;
import skillrunner.application.storage.StoreUnusableException;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.SnapshotRow;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.FieldError;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.upgrade.UpgradeId;
import skillrunner.domain.upgrade.UpgradeScope;
import skillrunner.embedding.settings.EngineSettings;
import skillrunner.embedding.settings.FolderInUseException;
import skillrunner.embedding.settings.OpenRefusedException;
import skillrunner.embedding.settings.RunnerSettings;
import skillrunner.embedding.settings.UnknownEngineException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@Timeout(180)
class SkillRunnerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestFolder folder;

    SkillRunnerTest(@TempDir Path root) throws IOException {
        this.folder = new TestFolder(root.toRealPath());
    }

    @Test
    void a_second_runner_of_a_folder_is_refused_and_the_first_goes_on() throws Exception {
        folder.echo();
        try (SkillRunner first = folder.open()) {
            assertThatExceptionOfType(FolderInUseException.class)
                    .isThrownBy(folder::open)
                    .satisfies(refusal -> assertThat(refusal.folder())
                            .isEqualTo(folder.settings().storage().data()));

            RequestId run = first.runs().start(RunOrder.of("echo", "codex").input("text", "still here"));
            assertThat(first.runs().await(run).answer()).contains(Map.of("status", "still here"));
        }
        folder.open().close();
    }

    @Test
    void a_run_goes_on_when_its_runner_is_closed_and_is_picked_up_by_the_next() throws Exception {
        folder.scripted();
        Path gate = folder.root().resolve("gate");
        RequestId request;
        try (SkillRunner runner = folder.open()) {
            request = runner.runs().start(script("say begun", "wait " + gate, "answer {\"status\": \"done\"}"));
            await().atMost(PATIENCE)
                    .until(() -> runner.runs().find(request).status() == RunStatus.RUNNING
                            && runner.capabilities()
                                            .runs()
                                            .output()
                                            .attempts(
                                                    runner.runs().find(request).id())
                                    > 0);
        }

        try (SkillRunner next = folder.open()) {
            assertThat(next.runs().find(request).status()).isEqualTo(RunStatus.RUNNING);
            Files.createFile(gate);

            RunOutcome outcome = next.runs().await(request);

            assertThat(outcome.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(outcome.answer()).contains(Map.of("status", "done"));
        }
    }

    @Test
    void whoever_waits_is_told_when_the_runner_is_closed() throws Exception {
        folder.scripted();
        SkillRunner runner = folder.open();
        RequestId request = runner.runs().start(script("hang"));
        CountDownLatch following = new CountDownLatch(1);
        CompletableFuture<Throwable> awaiting = failure(() -> runner.runs().await(request));
        CompletableFuture<Throwable> follower =
                failure(() -> runner.runs().follow(request, frame -> following.countDown()));
        assertThat(following.await(60, TimeUnit.SECONDS)).isTrue();

        runner.close();
        runner.close();

        assertThat(awaiting.get()).isInstanceOf(IllegalStateException.class);
        assertThat(follower.get()).isInstanceOf(IllegalStateException.class);
        try (SkillRunner next = folder.open()) {
            next.runs().cancel(request);
            assertThat(next.runs().await(request).status()).isEqualTo(RunStatus.CANCELED);
        }
    }

    @Test
    void whoever_uses_a_runner_that_is_closed_is_told_and_no_thread_of_its_is_left() throws Exception {
        folder.scripted();
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        SkillRunner runner = folder.open();
        RequestId request = runner.runs().start(script("hang"));
        await().atMost(PATIENCE).until(() -> runner.runs().find(request).status() == RunStatus.RUNNING);
        runner.close();

        List<Waiting> uses = List.of(
                () -> runner.runs().start(script("say no")),
                () -> runner.runs().start(script("say no").file("none", folder.root())),
                () -> runner.runs().find(request),
                () -> runner.runs().await(request),
                () -> runner.runs().follow(request, frame -> {}),
                () -> runner.runs().cancel(request),
                () -> runner.runs().artifact(request, "artifacts/none"),
                () -> runner.skills(),
                () -> runner.engines().version(EngineId.CODEX),
                () -> runner.engines().models(EngineId.CODEX),
                () -> runner.engines().upgrade(new UpgradeScope.Single(EngineId.CODEX)),
                () -> runner.engines().upgrade(new UpgradeId("00000000-0000-4000-8000-000000000000")),
                () -> runner.engines().addSnapshot(EngineId.CODEX, List.of()));
        for (Waiting use : uses) {
            assertThatThrownBy(use::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
        // What looks at files, checks schemas and renders prompts belongs to the process and keeps a few idle threads.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .filteredOn(thread -> !before.contains(thread))
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.matches("(worker|run|prepare|models|store|output|hold).*")));
        try (SkillRunner next = folder.open()) {
            next.runs().cancel(request);
            next.runs().await(request);
        }
    }

    @Test
    void a_run_that_fails_says_why_and_its_files_can_be_read() throws Exception {
        folder.scripted();
        try (SkillRunner runner = folder.open()) {
            RequestId failed = runner.runs().start(script("fail out of tokens"));
            RunOutcome outcome = runner.runs().await(failed);
            assertThat(outcome.status()).isEqualTo(RunStatus.FAILED);
            assertThat(outcome.answer()).isEmpty();
            assertThat(outcome.failure())
                    .hasValueSatisfying(why -> assertThat(why).contains("out of tokens"));

            RequestId left = runner.runs().start(script("artifact report.txt all well", "answer {\"status\": \"ok\"}"));
            assertThat(runner.runs().await(left).artifacts()).containsExactly("artifacts/report.txt");
            var file = runner.runs().artifact(left, "artifacts/report.txt").orElseThrow();
            try (var in = file.content().open()) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .contains("all well");
            }
        }
    }

    /** The access says that it has ended long ago. */
    @Test
    void what_an_engine_is_signed_in_with_is_renewed_before_a_run() throws Exception {
        folder.scripted();
        Path file = folder.settings().storage().agentHome().resolve(".codex/auth.json");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "{\"tokens\": {\"access_token\": \"e30."
                        + Base64.getUrlEncoder().encodeToString("{\"exp\":1}".getBytes(StandardCharsets.UTF_8))
                        + ".x\", \"refresh_token\": \"old-refresh\"}}");
        HttpServer provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] tokens =
                    "{\"access_token\": \"new\", \"refresh_token\": \"new-refresh\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, tokens.length);
            exchange.getResponseBody().write(tokens);
            exchange.close();
        });
        provider.start();
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put(
                "SKILL_RUNNER_AUTH_OPENAI_TOKEN_URL",
                "http://127.0.0.1:" + provider.getAddress().getPort() + "/");
        try (SkillRunner runner = SkillRunner.open(folder.settings(), environment)) {
            RequestId run = runner.runs().start(script("answer {\"status\": \"done\"}"));

            assertThat(runner.runs().await(run).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(file).content().contains("new-refresh").doesNotContain("old-refresh");
        } finally {
            provider.stop(0);
        }
    }

    @Test
    void everything_is_followed_to_the_end_in_order() throws Exception {
        folder.scripted();
        try (SkillRunner runner = folder.open()) {
            RequestId request = runner.runs().start(script("lines 2000 100", "answer {\"status\": \"ok\"}"));
            StringBuilder seen = new StringBuilder();
            List<StreamFrame> frames = new ArrayList<>();

            runner.runs().follow(request, frame -> {
                frames.add(frame);
                if (frame instanceof StreamFrame.Output output) {
                    seen.append(output.text());
                }
            });

            assertThat(frames.get(0)).isInstanceOf(StreamFrame.Snapshot.class);
            assertThat(frames.get(frames.size() - 1)).isInstanceOfSatisfying(StreamFrame.End.class, end -> {
                assertThat(end.receipt().orElseThrow().stdout().bytes()
                                + end.receipt().orElseThrow().stderr().bytes())
                        .isEqualTo(seen.toString().getBytes(StandardCharsets.UTF_8).length);
            });
        }
    }

    @Test
    void what_can_not_be_run_is_refused_and_nothing_is_stored() throws Exception {
        folder.reader();
        try (SkillRunner runner = folder.open()) {
            assertThatThrownBy(() -> runner.runs().start(RunOrder.of("nobody", "codex")))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            e -> assertThat(e.refusal().code()).isEqualTo(ErrorCode.SKILL_NOT_FOUND));
            Path nowhere = folder.root().resolve("nowhere");
            assertThatThrownBy(() ->
                            runner.runs().start(RunOrder.of("reader", "codex").file("document", nowhere)))
                    .isInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() ->
                            runner.runs().start(RunOrder.of("reader", "codex").file("document", folder.root())))
                    .isInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() -> runner.runs().start(RunOrder.of("reader", "codex")))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("file");
        }
    }

    @Test
    void a_value_that_no_prompt_and_no_answer_holds_is_refused_as_over_http() throws Exception {
        folder.echo();
        folder.reader();
        try (SkillRunner runner = folder.open()) {
            assertThat(refused(runner, RunOrder.of("echo", "codex").input("text", "a\0")))
                    .isEqualTo(new FieldError("/input/text", "a text can't hold the character U+0000"));
            assertThat(refused(runner, RunOrder.of("echo", "codex").input("text", Instant.EPOCH)))
                    .isEqualTo(new FieldError("/input/text", "a value of java.time.Instant is no JSON value"));
            Path file = Files.createFile(folder.root().resolve("file"));
            assertThat(refused(
                            runner,
                            RunOrder.of("reader", "codex")
                                    .file("document", file)
                                    .option("no_cache", "\uD83D")))
                    .isEqualTo(new FieldError(
                            "/runtime_options/no_cache", "a text holds half of a character (a lone surrogate)"));
        }
    }

    @Test
    void a_folder_that_can_not_be_opened_is_left_as_it_was() throws Exception {
        RunnerSettings settings = folder.settings();
        RunnerSettings wrong = settings.withEngines(new EngineSettings(
                Optional.of(List.of(new EngineId("nobody"))),
                true,
                Map.of(),
                Map.of(),
                EngineSettings.UPGRADE_LIMIT,
                settings.engines().liveModels()));
        assertThatThrownBy(() -> SkillRunner.open(wrong, System.getenv()))
                .isInstanceOf(UnknownEngineException.class)
                .isInstanceOf(OpenRefusedException.class)
                .hasMessageContaining("codex");
        assertThat(settings.storage().data()).doesNotExist();

        Path damaged = settings.storage().data().resolve("engine_upgrades.db");
        Files.createDirectories(damaged.getParent());
        Files.writeString(damaged, "no database\n".repeat(1_000));
        assertThatThrownBy(folder::open).isInstanceOf(StoreUnusableException.class);

        Files.delete(damaged);
        folder.open().close();
    }

    @Test
    void engines_tell_their_versions_and_take_snapshots() {
        try (SkillRunner runner = folder.open()) {
            assertThat(runner.engines().known()).contains(EngineId.CODEX);
            assertThat(runner.engines().version(EngineId.CODEX)).isPresent();
            int before = runner.engines().models(EngineId.CODEX).models().size();
            assertThat(before).isPositive();

            runner.engines()
                    .addSnapshot(
                            EngineId.CODEX,
                            List.of(new SnapshotRow(
                                    "my-model", Optional.empty(), false, Optional.empty(), Optional.empty())));

            assertThat(runner.engines().models(EngineId.CODEX).models())
                    .extracting(model -> model.id())
                    .containsExactly("my-model");
        }
    }

    private static FieldError refused(SkillRunner runner, RunOrder order) {
        return assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> runner.runs().start(order))
                .actual()
                .refusal()
                .errors()
                .get(0);
    }

    private static RunOrder script(String... directives) {
        StringBuilder script = new StringBuilder("Do as told.\n");
        for (String directive : directives) {
            script.append("@cli ").append(directive).append('\n');
        }
        return RunOrder.of("scripted", "codex")
                .parameter("script", script.toString())
                .option("no_cache", true);
    }

    private static CompletableFuture<Throwable> failure(Waiting waiting) {
        CompletableFuture<Throwable> met = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                waiting.run();
                met.complete(new AssertionError("it came to an end"));
            } catch (Throwable e) {
                met.complete(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return met;
    }

    private interface Waiting {
        void run() throws Exception;
    }
}
