package skillrunner.acceptance;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One bad item takes nothing with it: neither the server nor another run. */
class OneBadRunIT {
    /** Each is done to a run of its own while the server is away. */
    private static final List<String> DAMAGES = List.of(
            "rm -f process.1.json; mkdir process.1.json",
            "rm -f process.1.json; mkfifo process.1.json",
            "echo '{\"pid\":\"' >process.1.json",
            "rm -f process.1.json; truncate -s 1G process.1.json",
            "mkdir exit.1.json",
            "mkfifo exit.1.json",
            "echo rubbish >exit.1.json",
            "rm -f ../status.json; mkdir -p ../status.json/full",
            "rm -rf ../result; mkdir -p ../result/result.json/full",
            "rm -f meta.1.json; mkdir meta.1.json",
            "SQL UPDATE runs SET warnings = '{' WHERE run_id = '%s'",
            "SQL UPDATE runs SET engine = '/../' WHERE run_id = '%s'",
            "SQL UPDATE requests SET runtime_options = 'x' WHERE run_id = '%s'",
            "SQL UPDATE run_attempts SET output_schema = 'x' WHERE run_id = '%s'",
            "SQL DELETE FROM requests WHERE run_id = '%s'");

    private static final Map<String, String> MANY_SLOTS =
            Map.of("SKILL_RUNNER_CPU_FACTOR", "100", "SKILL_RUNNER_MAX_CONCURRENT_HARD_CAP", "64");

    @TempDir
    private Path home;

    @BeforeEach
    void install() throws Exception {
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        TestSkill.install(home);
    }

    @Test
    void what_is_broken_of_one_run_ends_that_run_and_neither_the_start_nor_another() throws Exception {
        Path go = home.resolve("go");
        List<String> damaged = new ArrayList<>();
        String sound;
        try (RunningServer server = RunningServer.start(home, MANY_SLOTS)) {
            ApiClient api = server.client();
            sound = api.create(TestSkill.job("say ready", "wait " + go, "answer {\"status\": \"ok\"}"));
            for (int i = 0; i < DAMAGES.size(); i++) {
                damaged.add(api.create(TestSkill.job("say ready", "hang")));
            }
            for (String request : damaged) {
                await().until(() -> api.stdout(request).contains("ready"));
            }
            await().until(() -> api.stdout(sound).contains("ready"));
            List<String> runs = damaged.stream()
                    .map(request -> api.status(request).get("run_id").stringValue())
                    .toList();
            server.kill();
            for (int i = 0; i < DAMAGES.size(); i++) {
                damage(runs.get(i), DAMAGES.get(i));
            }
        }
        try (RunningServer server = RunningServer.start(home, MANY_SLOTS)) {
            ApiClient api = server.client();
            assertThat(api.get("/v1/management/runs").status()).isEqualTo(200);
            Files.writeString(go, "");
            JsonNode untouched = api.awaitEnd(sound);
            assertThat(untouched.get("status").stringValue())
                    .as(untouched + server.log())
                    .isEqualTo("succeeded");
            // What still works is asked to end, all of it before anybody waits; what could not go on has ended by
            // itself.
            damaged.forEach(request -> api.post("/v1/jobs/" + request + "/cancel"));
            for (int i = 0; i < DAMAGES.size(); i++) {
                String request = damaged.get(i);
                if (DAMAGES.get(i).startsWith("SQL DELETE")) {
                    assertThat(api.status(request).get("code").stringValue()).isEqualTo("REQUEST_NOT_FOUND");
                    continue;
                }
                JsonNode ended = api.awaitEnd(request);
                assertThat(ended.get("status").stringValue()).as(DAMAGES.get(i)).isIn("failed", "canceled");
                assertThat(api.get("/ui/runs/" + request).status())
                        .as(DAMAGES.get(i))
                        .isIn(200, 404);
                assertThat(Processes.of(ended.get("run_id").stringValue()))
                        .as(DAMAGES.get(i))
                        .isEmpty();
            }
            assertThat(api.get("/v1/management/runs").status()).isEqualTo(200);
            assertThat(api.awaitEnd(api.create(TestSkill.job("answer {\"status\": \"ok\"}")))
                            .get("status")
                            .stringValue())
                    .isEqualTo("succeeded");
        }
    }

    @Test
    void a_pattern_that_explodes_ends_the_check_and_nothing_else() throws Exception {
        Files.writeString(
                home.resolve("data/skills/scripted/assets/output.schema.json"),
                "{\"type\": \"object\", \"properties\": {\"status\": {\"type\": \"string\", \"pattern\": \"^(a+)+\\\\1b$\"}}}");
        Files.writeString(
                home.resolve("data/skills/scripted/assets/input.schema.json"),
                "{\"type\": \"object\", \"properties\": {\"note\": {\"type\": \"string\", \"x-input-source\": \"inline\","
                        + " \"pattern\": \"^(a+)+\\\\1b$\"}}}");
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            ApiClient api = server.client();
            String request = api.create(TestSkill.job("answer {\"status\": \"" + "a".repeat(60) + "!\"}"));

            ApiClient.Answer refused = api.post(
                    "/v1/jobs",
                    Map.of(
                            "skill_id",
                            "scripted",
                            "engine",
                            "codex",
                            "input",
                            Map.of("note", "a".repeat(60) + "!"),
                            "parameter",
                            Map.of("script", "x")));

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().get("detail").stringValue()).contains("given up");
            JsonNode ended = api.awaitEnd(request);
            assertThat(ended.get("error").get("code").stringValue()).isEqualTo("OUTPUT_VALIDATION_FAILED");
            assertThat(ended.get("error").get("message").stringValue()).contains("given up");
            assertThat(api.get("/healthz").status()).isEqualTo(200);
        }
    }

    @Test
    void a_run_whose_preparation_ended_two_servers_is_not_taken_up_a_third_time() throws Exception {
        String loop = "{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}"
                + "{% if a %}{% endif %}{% endfor %}{% endfor %}{% endfor %}";
        Path manifest = home.resolve("data/skills/scripted/assets/runner.json");
        Files.writeString(manifest, Files.readString(manifest).replace("{{ parameter.script }}", loop));
        String request;
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            request = server.client().create(TestSkill.job("say never"));
            await().until(() -> preparations() == 1);
            server.kill();
        }
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            await().until(() -> preparations() == 2);
            server.kill();
        }
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            JsonNode ended = server.client().awaitEnd(request);
            assertThat(ended.get("status").stringValue()).isEqualTo("failed");
            assertThat(ended.get("error").get("code").stringValue()).isEqualTo("PREPARATION_FAILED");
        }
    }

    private void damage(String run, String damage) throws Exception {
        if (damage.startsWith("SQL ")) {
            try (Connection connection = database();
                    Statement statement = connection.createStatement()) {
                assertThat(statement.executeUpdate(damage.substring(4).formatted(run)))
                        .as(damage)
                        .isPositive();
            }
            return;
        }
        Process shell = new ProcessBuilder("sh", "-c", damage)
                .directory(
                        home.resolve("data/runs").resolve(run).resolve(".audit").toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .as(damage)
                .isEmpty();
        assertThat(shell.waitFor()).as(damage).isZero();
    }

    private int preparations() throws SQLException {
        try (Connection connection = database();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT max(preparations) FROM runs")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private Connection database() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + home.resolve("data/skill_runner.db"));
    }
}
