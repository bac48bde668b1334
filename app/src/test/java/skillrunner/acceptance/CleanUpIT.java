package skillrunner.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Removing runs: by whoever asks for it, by age and number, and over kills. */
class CleanUpIT {
    private static final int MANY = 300;

    @TempDir
    private Path home;

    @BeforeEach
    void install() throws Exception {
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        TestSkill.install(home);
    }

    @Test
    void everything_goes_whether_it_ended_works_or_waits_and_is_counted() throws Exception {
        Map<String, String> oneSlot = Map.of("SKILL_RUNNER_MAX_CONCURRENT_HARD_CAP", "1");
        Path foreign = Files.writeString(
                Files.createDirectories(home.resolve("data/runs/kept-by-hand")).resolve("notes.txt"), "mine");
        try (RunningServer server = RunningServer.start(home, oneSlot)) {
            ApiClient api = server.client();
            Map<String, Object> question = TestSkill.job(Map.of(), "answer {\"status\": \"ok\"}");
            String ended = api.create(question);
            JsonNode status = api.awaitEnd(ended);
            assertThat(api.create(question)).isNotEqualTo(ended);
            String withoutFiles = awaiting(api);
            assertThat(api.upload(withoutFiles, "no archive".getBytes(StandardCharsets.UTF_8))
                            .status())
                    .isEqualTo(400);
            Path planted = workspace(status).resolve("out");
            Files.createSymbolicLink(planted, foreign.getParent());
            String working = api.create(TestSkill.job("say working", "wait " + home.resolve("never")));
            await().until(() -> api.stdout(working).contains("working"));
            String waiting = api.create(TestSkill.job("wait " + home.resolve("never"), "say x"));
            String run = api.status(working).get("run_id").stringValue();
            CompletableFuture<List<ApiClient.Event>> following =
                    CompletableFuture.supplyAsync(() -> api.events(working, 0, 0));

            JsonNode first = cleanUp(api);

            assertThat(first.get("runs_deleted").intValue()).isEqualTo(3);
            assertThat(first.get("requests_deleted").intValue()).isEqualTo(5);
            assertThat(first.get("cache_entries_deleted").intValue()).isEqualTo(1);
            assertThat(Processes.of(run)).isEmpty();
            for (String request : List.of(ended, working, waiting, withoutFiles)) {
                assertThat(api.get("/v1/jobs/" + request).status()).isEqualTo(404);
                assertThat(api.get("/v1/jobs/" + request + "/result").status()).isEqualTo(404);
                assertThat(api.post("/v1/jobs/" + request + "/cancel").status()).isEqualTo(404);
            }
            assertThat(listed(api)).isZero();
            assertThat(following.join()).isNotEmpty();
            assertThat(foldersOfRuns()).isEmpty();
            assertThat(foreign).hasContent("mine");
            assertThat(cleanUp(api).get("runs_deleted").intValue()).isZero();
            assertThat(api.get("/metrics").body())
                    .contains(
                            "skill_runner_runs_removed_total 3.0",
                            "skill_runner_runs_ended_total{verdict=\"succeeded\"} 1.0",
                            "skill_runner_runs_ended_total{verdict=\"canceled\"} 2.0",
                            "skill_runner_leaked_processes_total 0.0",
                            "skill_runner_runs_started_total 2.0",
                            "skill_runner_queue_wait_seconds_total",
                            "skill_runner_stream_lag_seconds");
            String again = api.create(question);
            assertThat(api.awaitEnd(again).get("status").stringValue()).isEqualTo("succeeded");
        }
        assertThat(count("runs")).isEqualTo(1);
        assertThat(count("requests")).isEqualTo(1);
        assertThat(count("run_attempts")).isEqualTo(1);
    }

    @Test
    void two_clean_ups_at_once_count_each_run_once_and_a_run_that_comes_later_stays() throws Exception {
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            ApiClient api = server.client();
            for (int i = 0; i < 6; i++) {
                api.awaitEnd(api.create(TestSkill.job("answer {\"status\": \"" + i + "\"}")));
            }
            List<CompletableFuture<JsonNode>> cleanUps = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> cleanUp(api)))
                    .limit(4)
                    .toList();
            int runs = cleanUps.stream()
                    .mapToInt(told -> told.join().get("runs_deleted").intValue())
                    .sum();
            assertThat(runs).isEqualTo(6);
            String later = api.create(TestSkill.job("answer {\"status\": \"later\"}"));
            assertThat(api.awaitEnd(later).get("status").stringValue()).isEqualTo("succeeded");
        }
    }

    @Test
    void a_clean_up_of_many_runs_that_is_killed_is_finished_by_the_next_start() throws Exception {
        String template;
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            ApiClient api = server.client();
            template = api.awaitEnd(api.create(TestSkill.job("answer {\"status\": \"ok\"}")))
                    .get("run_id")
                    .stringValue();
            server.stop();
        }
        List<String> requests = multiply(template);
        try (RunningServer server = RunningServer.start(home, Map.of("SKILL_RUNNER_CLEANUP_INTERVAL_HOURS", "0"))) {
            ApiClient api = server.client();
            assertThat(api.get("/v1/jobs/" + requests.get(0)).status()).isEqualTo(200);
            CompletableFuture<Void> cleanUp = CompletableFuture.runAsync(() -> {
                try {
                    cleanUp(api);
                } catch (RuntimeException e) {
                    // The server is killed under it.
                }
            });
            await().until(() -> foldersOfRuns().size() < MANY);
            server.kill();
            cleanUp.join();
        }
        try (RunningServer server = RunningServer.start(home, Map.of("SKILL_RUNNER_CLEANUP_INTERVAL_HOURS", "0"))) {
            ApiClient api = server.client();
            assertThat(listed(api)).isZero();
            await().until(() -> foldersOfRuns().isEmpty());
            server.stop();
        }
        assertThat(count("runs")).isZero();
        assertThat(count("requests")).isZero();
        assertThat(count("cache_entries")).isZero();
    }

    @Test
    void what_was_kept_long_enough_goes_soon_after_the_start_and_what_is_young_stays() throws Exception {
        List<String> requests = new ArrayList<>();
        String forgotten;
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            ApiClient api = server.client();
            for (int i = 0; i < 3; i++) {
                requests.add(api.create(TestSkill.job("answer {\"status\": \"" + i + "\"}")));
                api.awaitEnd(requests.get(i));
            }
            forgotten = awaiting(api);
            server.stop();
        }
        execute("UPDATE runs SET updated_at = '2020-01-01T00:00:00.000000Z' WHERE request_id = '" + requests.get(0)
                + "'");
        execute("UPDATE requests SET created_at = '2020-01-01T00:00:00.000000Z' WHERE request_id = '" + forgotten
                + "'");
        try (RunningServer server = RunningServer.start(home, Map.of("SKILL_RUNNER_RUN_RETENTION_MAX_RUNS", "1"))) {
            ApiClient api = server.client();
            await().until(() -> api.get("/v1/jobs/" + requests.get(0)).status() == 404);
            await().until(() -> api.get("/v1/jobs/" + requests.get(1)).status() == 404);
            await().until(() -> foldersOfRuns().size() == 1);
            await().until(() -> count("requests") == 1);
            assertThat(api.get("/v1/jobs/" + requests.get(2)).status()).isEqualTo(200);
        }
    }

    private static String awaiting(ApiClient api) {
        Map<String, Object> job = new HashMap<>(TestSkill.job("say x"));
        job.put("await_upload", true);
        return api.create(job);
    }

    /** Copies rows and folder of a run that has ended. @return the requests */
    private List<String> multiply(String run) throws SQLException, IOException {
        List<String> requests = new ArrayList<>();
        try (Connection database = database();
                Statement statement = database.createStatement()) {
            database.setAutoCommit(false);
            for (int i = 1; i < MANY; i++) {
                String copy = String.format("00000000-0000-4000-8000-%012d", i);
                String request = String.format("00000000-0000-4000-9000-%012d", i);
                requests.add(request);
                statement.execute("INSERT INTO runs (run_id, request_id, skill_id, engine, status, attempt, created_at,"
                        + " updated_at) SELECT '" + copy + "', '" + request
                        + "', skill_id, engine, status, attempt, created_at, updated_at FROM runs WHERE run_id = '"
                        + run + "'");
                statement.execute("INSERT INTO requests (request_id, skill_id, engine, input, parameter,"
                        + " runtime_options, run_id, created_at) SELECT '" + request
                        + "', skill_id, engine, input, parameter, runtime_options, '" + copy
                        + "', created_at FROM requests WHERE run_id = '" + run + "'");
                copyFolder(home.resolve("data/runs/" + run), home.resolve("data/runs/" + copy));
            }
            database.commit();
        }
        return requests;
    }

    private static void copyFolder(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    private Path workspace(JsonNode status) {
        return home.resolve("data/runs/" + status.get("run_id").stringValue() + "/workspace");
    }

    private List<Path> foldersOfRuns() {
        try (Stream<Path> folders = Files.list(home.resolve("data/runs"))) {
            return folders.filter(Files::isDirectory)
                    .filter(folder -> !folder.endsWith("kept-by-hand"))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode cleanUp(ApiClient api) {
        ApiClient.Answer answer = api.post("/v1/jobs/cleanup");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static int listed(ApiClient api) {
        return api.get("/v1/management/runs").json().get("runs").size();
    }

    private Connection database() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + databaseFile());
    }

    private void execute(String sql) throws SQLException {
        try (Connection database = database();
                Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private int count(String table) throws SQLException {
        try (Connection database = database();
                Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            return rows.getInt(1);
        }
    }

    private Path databaseFile() {
        return home.resolve("data/skill_runner.db");
    }
}
