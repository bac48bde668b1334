package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static skillrunner.domain.engine.EngineId.OPENCODE;

/** The models of opencode, which is asked for them, with a scripted CLI. */
class LiveCatalogueIT {
    private static final String ANSWERS =
            """
            case $1 in
              --version) echo 1.18.33 ;;
              models) [ -e '@FAIL@' ] && { echo 'no network' >&2; exit 3; }
                printf '\\nopenai/gpt-5\\n\\nINFO a/b c\\n  anthropic/claude-x  \\nopenai/gpt-5\\nopenrouter/vendor/name\\n' ;;
              run) echo "$*" >called.txt ;;
            esac
            """;

    @TempDir
    private Path folder;

    private EngineHome home;
    private Path fail;

    @BeforeEach
    void prepare() throws IOException {
        home = new EngineHome(folder);
        fail = folder.resolve("fail");
    }

    @Test
    void an_answer_is_cleaned_and_sorted_and_survives_a_failure_and_a_restart() throws Exception {
        home.managed(OPENCODE, ANSWERS.replace("@FAIL@", fail.toString()));
        List<String> clean = List.of("anthropic/claude-x", "openai/gpt-5", "openrouter/vendor/name");
        try (RunningServer server = home.start()) {
            ApiClient api = server.client();
            JsonNode ready = awaitStatus(api, "ready");
            assertThat(ids(ready.get("models"))).isEqualTo(clean);
            assertThat(ready.get("fallback_reason").isNull()).isTrue();
            assertThat(ready.get("resolved_snapshot_file").stringValue()).isEqualTo("opencode_models_cache.json");
            JsonNode last = ready.get("models").get(2);
            assertThat(last.get("provider").stringValue()).isEqualTo("openrouter");
            assertThat(last.get("model").stringValue()).isEqualTo("vendor/name");

            JsonNode listed = api.get("/v1/engines/opencode/models").json();
            assertThat(listed.get("source").stringValue()).isEqualTo("runtime_probe_cache");
            assertThat(listed.get("snapshot_version_used")).isEqualTo(ready.get("resolved_snapshot_version"));
            assertThat(server.stop()).isZero();
        }
        Files.writeString(fail, "");
        try (RunningServer server = home.start()) {
            ApiClient api = server.client();
            JsonNode stale = awaitStatus(api, "stale_cache");
            assertThat(ids(stale.get("models"))).isEqualTo(clean);
            assertThat(stale.get("fallback_reason").stringValue())
                    .contains("exited with code 3")
                    .contains("no network");
            assertThat(api.get("/v1/management/engines/opencode")
                            .json()
                            .get("last_error")
                            .stringValue())
                    .contains("exited with code 3");
            Files.delete(fail);
            home.npm()
                    .installs(
                            OPENCODE,
                            ANSWERS.replace("@FAIL@", fail.toString()).replace("openai/gpt-5", "openai/gpt-6"));
            assertThat(new Upgrades(api).run(OPENCODE).get("status").stringValue())
                    .isEqualTo("succeeded");
            assertThat(ids(awaitStatus(api, "ready").get("models"))).contains("openai/gpt-6");
        }
    }

    @Test
    void a_job_names_a_listed_model_with_its_provider_and_the_cli_gets_it() throws Exception {
        home.managed(OPENCODE, ANSWERS.replace("@FAIL@", fail.toString()));
        TestSkill.install(folder);
        try (RunningServer server = home.start()) {
            ApiClient api = server.client();
            awaitStatus(api, "ready");
            for (String wrong :
                    List.of("gpt-5", "openai/", "/gpt-5", "openai/gpt-5@high", "openai/gpt-4", "OpenAI/gpt-5")) {
                ApiClient.Answer refused = api.post("/v1/jobs", job(wrong));
                assertThat(refused.status()).as(wrong).isEqualTo(400);
                assertThat(refused.json().get("code").stringValue()).isEqualTo("MODEL_UNKNOWN");
            }
            for (String right : List.of("openai/gpt-5", "openrouter/vendor/name")) {
                JsonNode ended = api.awaitEnd(api.create(job(right)));
                Path called = home.data()
                        .resolve("runs")
                        .resolve(ended.get("run_id").stringValue())
                        .resolve("workspace/called.txt");
                assertThat(called).hasContent("run --format json --model " + right);
            }
        }
    }

    @Test
    void without_any_answer_the_packaged_list_serves_and_says_so_even_over_garbage() throws Exception {
        Path cache =
                Files.createDirectories(home.data().resolve("engine_catalog")).resolve("opencode_models_cache.json");
        Files.writeString(cache, "{\"models\": [garbage");
        try (RunningServer server = home.start()) {
            ApiClient api = server.client();
            JsonNode seed = awaitStatus(api, "seed_fallback");
            assertThat(ids(seed.get("models"))).containsExactly("openai/gpt-5");
            assertThat(seed.get("fallback_reason").stringValue()).isNotBlank();
        }
    }

    private static Map<String, Object> job(String model) {
        Map<String, Object> job = new HashMap<>(TestSkill.job(OPENCODE, Map.of("no_cache", true)));
        job.put("model", model);
        return job;
    }

    private static JsonNode awaitStatus(ApiClient api, String status) {
        return await(status)
                .until(
                        () -> api.get("/v1/engines/opencode/models/manifest").json(),
                        found -> found.get("manifest")
                                        .get("status")
                                        .stringValue()
                                        .equals(status)
                                && !found.get("manifest").get("last_attempt_at").isNull());
    }

    private static List<String> ids(JsonNode models) {
        List<String> ids = new ArrayList<>();
        models.forEach(model -> ids.add(model.get("id").stringValue()));
        return ids;
    }
}
