package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The distribution as it is, and beside it the package of an engine that it was built without: the one in the test tree of
 * the engines' module.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FifthEngineIT {
    private static final String PROGRAM =
            """
            #!/bin/sh
            case $1 in
              --version) echo testengine 1.2.3 ;;
              run)
                prompt=$(cat)
                case $prompt in
                  *refuse*) echo 'open sesame?' >&2; exit 1 ;;
                  *) printf '{"status": "%s"}\\n' "$2" ;;
                esac ;;
            esac
            """;

    private Path home;
    private RunningServer server;
    private ApiClient api;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        home = folder;
        TestSkill.install(home, TestSkill.ID, List.of(EngineId.CODEX, FifthEngine.ID));
        FifthEngine.install(home, PROGRAM);
        server = RunningServer.startBy(FifthEngine.launcher(home), home, Map.of());
        api = server.client();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void it_is_listed_behind_the_others_with_the_models_it_brings() {
        JsonNode engines = api.get("/v1/engines").json().get("engines");
        assertThat(engines)
                .extracting(engine -> engine.get("engine").stringValue())
                .containsExactly("codex", "gemini", "iflow", "opencode", "testengine");
        assertThat(api.get("/v1/engines/testengine/models").json().get("models"))
                .extracting(model -> model.get("id").stringValue())
                .containsExactly("small");
        assertThat(api.get("/ui/engines").body()).contains("testengine");
    }

    @Test
    void a_job_runs_on_it_with_a_model_written_in_its_form() throws Exception {
        JsonNode status = api.awaitEnd(api.create(job("small@high", "go")));

        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
        String request = status.get("request_id").stringValue();
        assertThat(api.result(request).get("data").toString()).isEqualTo("{\"status\":\"small@high\"}");
        Path run = home.resolve("data/runs").resolve(status.get("run_id").stringValue());
        assertThat(run.resolve("workspace/testengine.conf")).hasContent("quiet = true");
        assertThat(Files.readString(run.resolve(".audit/fs-diff.1.json"))).doesNotContain("testengine.conf");
        assertThat(run.resolve("workspace/.testengine/skills/" + TestSkill.ID + "/SKILL.md"))
                .exists();
    }

    @Test
    void its_own_word_for_a_missing_sign_in_is_understood() throws Exception {
        JsonNode status = api.awaitEnd(api.create(job("small", "refuse")));

        assertThat(status.get("error").get("code").stringValue()).isEqualTo("AUTH_REQUIRED");
    }

    private static Map<String, Object> job(String model, String directive) {
        Map<String, Object> job = new HashMap<>(TestSkill.job(FifthEngine.ID, Map.of("no_cache", true), directive));
        job.put("model", model);
        return job;
    }
}
