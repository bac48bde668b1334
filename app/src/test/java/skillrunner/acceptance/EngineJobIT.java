package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What holds for a job on any engine, on scripted CLIs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineJobIT {
    private Path home;
    private RunningServer server;
    private ApiClient api;

    static Stream<EngineId> engines() {
        return EngineId.BUILT_IN.stream();
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        home = folder;
        TestSkill.install(home);
        for (EngineId engine : EngineId.BUILT_IN) {
            ScriptedCli.install(home.resolve("cache/npm/bin"), engine);
        }
        server = RunningServer.start(home, Map.of());
        api = server.client();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_job_succeeds_with_a_validated_answer_and_an_artifact(EngineId engine) throws Exception {
        JsonNode status = run(
                engine, "say working", "artifact report.txt by " + engine, "answer {\"status\": \"fine\", \"数\": 1}");

        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
        String request = status.get("request_id").stringValue();
        assertThat(api.result(request).get("data").toString()).isEqualTo("{\"status\":\"fine\",\"数\":1}");
        assertThat(api.get("/v1/jobs/" + request + "/artifacts/artifacts/report.txt")
                        .body())
                .isEqualTo("by " + engine);
        Path skill = directory(status).resolve("workspace/." + engine + "/skills/" + TestSkill.ID + "/SKILL.md");
        assertThat(Files.readString(skill)).contains("__SKILL_DONE__");
        assertThat(Files.readString(directory(status).resolve(".audit/prompt.1.txt")))
                .contains("@cli say working");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void an_engine_that_ends_without_closing_its_turn_has_not_succeeded(EngineId engine) throws Exception {
        JsonNode status = run(engine, "answer {\"status\": \"fine\"}", "no-closing");

        assertThat(code(status)).isEqualTo("OUTPUT_VALIDATION_FAILED");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void an_engine_that_fails_fails_the_run(EngineId engine) throws Exception {
        assertThat(code(run(engine, "answer {\"status\": \"fine\"}", "exit 3"))).isEqualTo("ENGINE_EXIT_NONZERO");
        assertThat(code(run(engine, "fail the model is gone"))).isEqualTo("ENGINE_EXIT_NONZERO");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_missing_sign_in_is_told(EngineId engine) throws Exception {
        assertThat(code(run(engine, "fail unexpected status 401 Unauthorized"))).isEqualTo("AUTH_REQUIRED");
    }

    @Test
    void words_about_a_sign_in_make_neither_a_timeout_nor_the_models_own_text_a_missing_one() throws Exception {
        JsonNode late = api.awaitEnd(api.create(TestSkill.job(
                EngineId.CODEX,
                Map.of("no_cache", true, "hard_timeout_seconds", 2),
                "stderr the session expired, please log in again",
                "hang")));
        assertThat(code(late)).isEqualTo("TIMEOUT");
        assertThat(code(run(EngineId.IFLOW, "say the session expired, please log in again", "exit 3")))
                .isEqualTo("ENGINE_EXIT_NONZERO");
        assertThat(code(run(EngineId.IFLOW, "stderr the session expired, please log in again", "exit 3")))
                .isEqualTo("AUTH_REQUIRED");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void garbage_between_the_lines_changes_nothing(EngineId engine) throws Exception {
        JsonNode status = run(engine, "garbage", "lines 500 300", "garbage", "answer {\"status\": \"fine\"}");

        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_canceled_job_leaves_no_process(EngineId engine) throws Exception {
        String request = api.create(job(engine, "spawn tool", "hang"));
        String run = api.awaitStatus(request, Set.of("running")).get("run_id").stringValue();
        await().until(() -> Files.exists(home.resolve("data/runs").resolve(run).resolve("workspace/tool.pid")));
        assertThat(Processes.of(run)).isNotEmpty();

        api.post("/v1/jobs/" + request + "/cancel");

        assertThat(api.awaitEnd(request).get("status").stringValue()).isEqualTo("canceled");
        assertThat(Processes.of(run)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void settings_that_reach_beyond_the_run_fail_it_before_it_starts(EngineId engine) throws Exception {
        Path file = home.resolve("data/skills").resolve(TestSkill.ID).resolve(settingsOf(engine));
        Files.writeString(file, engine.equals(EngineId.CODEX) ? "sandbox_mode = \"x\"" : "{\"mcpServers\": ");
        try {
            JsonNode status = run(engine, "answer {\"status\": \"fine\"}");
            assertThat(code(status)).isEqualTo("ENGINE_UNAVAILABLE");
            assertThat(status.get("error").get("message").stringValue()).contains(settingsOf(engine));
        } finally {
            Files.delete(file);
        }
    }

    private static String settingsOf(EngineId engine) {
        return "assets/" + engine
                + (engine.equals(EngineId.CODEX)
                        ? "_config.toml"
                        : engine.equals(EngineId.OPENCODE) ? "_config.json" : "_settings.json");
    }

    private JsonNode run(EngineId engine, String... directives) throws Exception {
        return api.awaitEnd(api.create(job(engine, directives)));
    }

    private static Map<String, Object> job(EngineId engine, String... directives) {
        return TestSkill.job(engine, Map.of("no_cache", true), directives);
    }

    private Path directory(JsonNode status) {
        return home.resolve("data/runs").resolve(status.get("run_id").stringValue());
    }

    private static String code(JsonNode status) {
        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("failed");
        return status.get("error").get("code").stringValue();
    }
}
