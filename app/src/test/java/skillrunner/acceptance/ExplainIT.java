package skillrunner.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What would become of a request, told by the built distribution before anything is started. */
class ExplainIT {
    private static final String SECRET = "hunter2-hunter2";

    @TempDir
    private Path home;

    @Test
    void a_request_is_explained_as_it_would_run_without_secrets_and_without_a_trace() throws Exception {
        TestSkill.install(home);
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        Files.writeString(
                home.resolve("data/skills/scripted/assets/codex_config.toml"),
                "[search]\napi_key = \"" + SECRET + "\"\n");
        try (RunningServer server = RunningServer.start(home, Map.of("OPENAI_API_KEY", SECRET))) {
            ApiClient api = server.client();

            ApiClient.Answer answer = api.post("/v1/jobs/explain", TestSkill.job("say {{ nothing }}"));

            JsonNode told = answer.json();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(told.get("command").get(0).stringValue()).isEqualTo("codex");
            assertThat(told.get("environment").toString()).contains("\"OPENAI_API_KEY\"", "\"HOME\"");
            assertThat(told.toString()).doesNotContain(SECRET).doesNotContain(home.toString());
            assertThat(told.get("command").toString()).contains("search.api_key=***");
            assertThat(told.get("prompt").stringValue()).contains("@cli say {{ nothing }}");
            assertThat(api.get("/v1/management/runs").json().get("runs").size()).isZero();
            assertThat(home.resolve("data/runs"))
                    .satisfiesAnyOf(runs -> assertThat(runs).doesNotExist(), runs -> assertThat(runs)
                            .isEmptyDirectory());

            JsonNode broken = api.post(
                            "/v1/jobs/explain",
                            Map.of(
                                    "skill_id", "scripted",
                                    "engine", "codex",
                                    "model", "no-such-model",
                                    "input", Map.of("note", 5, "odd", 1),
                                    "runtime_options", Map.of("unheard_of", true)))
                    .json();
            assertThat(broken.get("refusals"))
                    .flatExtracting(refusal -> refusal.get("errors").values())
                    .extracting(error -> error.get("pointer").stringValue())
                    .containsExactly("/runtime_options/unheard_of", "/model", "/input/odd");
            assertThat(broken.get("failures")
                            .get(0)
                            .get("errors")
                            .get(0)
                            .get("pointer")
                            .stringValue())
                    .isEqualTo("/parameter/script");
            assertThat(List.of(broken.get("files_expected").get(0).toString()))
                    .containsExactly("{\"key\":\"extra\",\"required\":false}");
        }
    }
}
