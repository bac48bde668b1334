package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.engine.KnownEngines;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.domain.engine.EngineId.CODEX;
import static skillrunner.domain.engine.EngineId.GEMINI;
import static skillrunner.domain.engine.EngineId.IFLOW;

/** Which models an engine has, and how a list for a new version is added, over the API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelCatalogueIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ONE = "{\"models\": [{\"id\": \"one\"}]}";

    private EngineHome home;
    private RunningServer server;
    private ApiClient api;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        home = new EngineHome(folder);
        TestSkill.install(folder);
        server = home.start();
        api = server.client();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "gemini, 0.25.2, 0.25.2, ",
        "gemini, 0.29.9, 0.25.2, ",
        "gemini, 0.61.0, 0.30.0, ",
        "iflow, 0.5.13, 0.5.12, ",
        "iflow, 0.5.2, 0.5.2, ",
        "iflow, dev-build, 0.5.14, cli_version_unknown"
    })
    void the_newest_list_that_is_not_newer_than_the_cli_serves(
            String engine, String cli, String snapshot, String fallback) throws Exception {
        EngineId id = EngineId.parse(engine).orElseThrow();
        home.managed(id, "echo " + cli);
        JsonNode listed = api.get("/v1/engines/" + engine + "/models").json();
        assertThat(listed.get("snapshot_version_used").stringValue()).isEqualTo(snapshot);
        assertThat(listed.get("source").stringValue()).isEqualTo("pinned_snapshot");
        assertThat(listed.get("fallback_reason").asString("")).isEqualTo(fallback == null ? "" : fallback);
        assertThat(listed.get("models")).isNotEmpty();
        for (JsonNode model : listed.get("models")) {
            assertThat(model.propertyNames())
                    .containsExactlyInAnyOrder(
                            "id", "display_name", "deprecated", "notes", "supported_effort", "provider", "model");
            assertThat(model.get("provider").isNull()).isTrue();
            assertThat(model.get("model").isNull()).isTrue();
        }
        JsonNode manifest =
                api.get("/v1/engines/" + engine + "/models/manifest").json();
        assertThat(manifest.get("resolved_snapshot_version").stringValue()).isEqualTo(snapshot);
        assertThat(manifest.get("resolved_snapshot_file").stringValue()).isEqualTo("models_" + snapshot + ".json");
        assertThat(manifest.get("manifest"))
                .isEqualTo(JSON.readTree(Files.readString(home.models(id).resolve("manifest.json"))));
        assertThat(manifest.get("models")).isEqualTo(listed.get("models"));
    }

    @Test
    void a_list_is_added_under_the_version_of_the_cli_and_shows_everywhere_at_once() throws Exception {
        home.managed(CODEX, "echo codex-cli 0.100.0");
        ApiClient.Answer added = api.post(
                "/v1/engines/codex/models/snapshots",
                """
                {"version": "9.9.9", "models": [
                  {"id": " gpt-neu ", "display_name": "GPT 新", "deprecated": true, "notes": "first",
                   "supported_effort": ["low", "high"], "version": "8.8.8"},
                  {"id": "a", "supported_effort": []}]}
                """);
        assertThat(added.status()).as(added.body()).isEqualTo(200);
        assertThat(added.json().get("cli_version_detected").stringValue()).isEqualTo("0.100.0");
        assertThat(added.json().get("resolved_snapshot_version").stringValue()).isEqualTo("0.100.0");
        assertThat(added.json().get("resolved_snapshot_file").stringValue()).isEqualTo("models_0.100.0.json");
        assertThat(ids(added.json().get("models"))).containsExactly("gpt-neu", "a");

        String text = Files.readString(home.models(CODEX).resolve("models_0.100.0.json"));
        assertThat(text).contains("GPT 新");
        assertThat(JSON.readTree(text).get("version").stringValue()).isEqualTo("0.100.0");
        List<String> versions = new ArrayList<>();
        for (JsonNode entry : added.json().get("manifest").get("snapshots")) {
            versions.add(entry.get("version").stringValue());
        }
        assertThat(versions).containsSubsequence("0.0.0", "0.89.0", "0.99.0", "0.100.0");

        assertThat(ids(api.get("/v1/engines/codex/models").json().get("models")))
                .containsExactly("gpt-neu", "a");
        assertThat(ids(api.get("/v1/engines").json().get("engines").get(0).get("models")))
                .containsExactly("gpt-neu", "a");
        assertThat(api.get("/v1/management/engines/codex")
                        .json()
                        .get("models_count")
                        .intValue())
                .isEqualTo(2);
        assertThat(Files.exists(home.models(CODEX).resolve("models_9.9.9.json")))
                .isFalse();

        Map<String, String> before = files(CODEX);
        ApiClient.Answer again = api.post("/v1/engines/codex/models/snapshots", ONE);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().get("code").stringValue()).isEqualTo("SNAPSHOT_EXISTS");
        assertThat(files(CODEX)).isEqualTo(before);
    }

    @Test
    void a_file_that_is_there_but_not_listed_is_never_overwritten() throws Exception {
        home.managed(CODEX, "echo codex-cli 0.101.0");
        Files.writeString(home.models(CODEX).resolve("models_0.101.0.json"), "{\"half\": ");
        Map<String, String> before = files(CODEX);
        assertThat(api.post("/v1/engines/codex/models/snapshots", ONE).status()).isEqualTo(409);
        assertThat(files(CODEX)).isEqualTo(before);
    }

    @Test
    void of_two_lists_at_the_same_moment_one_is_added_whole() throws Exception {
        home.managed(CODEX, "echo codex-cli 0.102.0");
        assertThat(new Upgrades(api).shownVersion(CODEX)).isEqualTo("0.102.0");
        CyclicBarrier together = new CyclicBarrier(2);
        List<CompletableFuture<ApiClient.Answer>> both = Stream.of("left", "right")
                .map(id -> CompletableFuture.supplyAsync(() -> {
                    try {
                        together.await();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    return api.post("/v1/engines/codex/models/snapshots", "{\"models\": [{\"id\": \"" + id + "\"}]}");
                }))
                .toList();
        assertThat(both.stream().map(answer -> answer.join().status())).containsExactlyInAnyOrder(200, 409);
        String winner = both.get(0).join().status() == 200 ? "left" : "right";
        assertThat(ids(JSON.readTree(Files.readString(home.models(CODEX).resolve("models_0.102.0.json")))
                        .get("models")))
                .containsExactly(winner);
        assertThat(ids(api.get("/v1/engines/codex/models").json().get("models")))
                .containsExactly(winner);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"models\": ",
                "{\"models\": []}",
                "{\"models\": {}}",
                "{\"models\": [\"a\"]}",
                "{\"models\": [{}]}",
                "{\"models\": [{\"id\": 5}]}",
                "{\"models\": [{\"id\": null}]}",
                "{\"models\": [{\"id\": \"  \"}]}",
                "{\"models\": [{\"id\": \"a\"}, {\"id\": \" a \"}]}",
                "{\"models\": [{\"id\": \"a@b\"}]}",
                "{\"models\": [{\"id\": \"a b\"}]}",
                "{\"models\": [{\"id\": \"a\\u0000\"}]}",
                "{\"models\": [{\"id\": \"a\", \"supported_effort\": \"high\"}]}",
                "{\"models\": [{\"id\": \"a\", \"supported_effort\": [\"\"]}]}",
                "{\"models\": [{\"id\": \"a\", \"supported_effort\": [1]}]}",
                "{\"models\": [{\"id\": \"a\", \"supported_effort\": [\"low\", \"low\"]}]}",
                "{\"models\": [{\"id\": \"a\", \"deprecated\": null}]}",
                "{\"models\": [{\"id\": \"a\", \"deprecated\": \"yes\"}]}",
                "{\"models\": [{\"id\": \"a\", \"deprecated\": 1}]}",
                "{\"models\": [{\"id\": \"a\", \"display_name\": 1}]}",
                "{\"models\": [{\"id\": \"a\", \"notes\": []}]}"
            })
    void a_wrong_list_is_refused_and_nothing_is_written(String body) throws Exception {
        home.managed(CODEX, "echo codex-cli 0.103.0");
        Map<String, String> before = files(CODEX);
        ApiClient.Answer answer = api.post("/v1/engines/codex/models/snapshots", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().get("code").stringValue()).isEqualTo("REQUEST_INVALID");
        assertThat(files(CODEX)).isEqualTo(before);
    }

    @Test
    void without_a_version_for_an_unknown_engine_and_for_opencode_nothing_is_added() throws Exception {
        Files.deleteIfExists(home.npmPrefix().resolve("bin/codex"));
        ApiClient.Answer without = api.post("/v1/engines/codex/models/snapshots", ONE);
        assertThat(without.status()).isEqualTo(409);
        assertThat(without.json().get("code").stringValue()).isEqualTo("CLI_VERSION_UNDETECTED");
        home.managed(CODEX, "echo dev-build");
        assertThat(api.post("/v1/engines/codex/models/snapshots", ONE).status()).isEqualTo(409);

        ApiClient.Answer opencode = api.post("/v1/engines/opencode/models/snapshots", ONE);
        assertThat(opencode.status()).isEqualTo(409);
        assertThat(opencode.json().get("code").stringValue()).isEqualTo("SNAPSHOT_UNSUPPORTED");
        assertThat(api.post("/v1/engines/claude/models/snapshots", ONE).status())
                .isEqualTo(404);
        assertThat(api.post("/v1/engines/..%2Fcodex/models/snapshots", ONE).status())
                .isIn(400, 404);
        try (Stream<Path> folders = Files.list(home.data().resolve("engine_models"))) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(KnownEngines.namesWithSnapshots());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not even JSON",
                "{\"engine\": \"iflow\", \"snapshots\": 5}",
                "{\"engine\": \"iflow\", \"snapshots\": [{\"version\": \"1.0.0\", \"file\": \"../../../secret.json\"}]}"
            })
    void a_broken_manifest_concerns_its_engine_alone(String broken) throws Exception {
        home.managed(IFLOW, "echo 0.5.99");
        Path file = home.models(IFLOW).resolve("manifest.json");
        Files.writeString(home.root().resolve("secret.json"), "{\"models\": [{\"id\": \"secret\"}]}");
        String whole = Files.readString(file);
        Files.writeString(file, broken);
        try {
            for (String path : List.of("/v1/engines/iflow/models", "/v1/engines/iflow/models/manifest")) {
                ApiClient.Answer answer = api.get(path);
                assertThat(answer.status()).isEqualTo(500);
                assertThat(answer.json().get("code").stringValue()).isEqualTo("CATALOGUE_UNREADABLE");
                assertThat(answer.body()).doesNotContain("secret");
            }
            assertThat(api.post("/v1/engines/iflow/models/snapshots", ONE).status())
                    .isEqualTo(500);
            assertThat(files(IFLOW)).doesNotContainKey("models_0.5.99.json").containsEntry("manifest.json", broken);
            JsonNode listed = api.get("/v1/engines").json().get("engines");
            assertThat(listed).hasSameSizeAs(KnownEngines.names());
            assertThat(listed.get(2).get("models")).isEmpty();
            assertThat(listed.get(1).get("models")).isNotEmpty();
            JsonNode managed = api.get("/v1/management/engines").json().get("engines");
            assertThat(managed.get(2).get("models_count").intValue()).isZero();
            assertThat(api.get("/v1/management/engines/iflow").status()).isEqualTo(200);
        } finally {
            Files.writeString(file, whole);
        }
        assertThat(api.get("/v1/engines/iflow/models").status()).isEqualTo(200);
    }

    @Test
    void a_complete_list_that_is_not_in_the_manifest_is_adopted_by_the_next_start(@TempDir Path folder)
            throws Exception {
        EngineHome other = new EngineHome(folder);
        other.managed(GEMINI, "echo 0.61.0");
        try (RunningServer first = other.start()) {
            assertThat(first.stop()).isZero();
        }
        Path models = other.models(GEMINI);
        Files.writeString(
                models.resolve("models_0.61.0.json"),
                "{\"engine\": \"gemini\", \"version\": \"0.61.0\", \"models\": [{\"id\": \"gemini-next\"}]}");
        Files.writeString(models.resolve("models_0.62.0.json"), "{\"engine\": \"gemini\", \"ver");
        try (RunningServer second = other.start()) {
            ApiClient client = second.client();
            JsonNode listed = client.get("/v1/engines/gemini/models").json();
            assertThat(listed.get("snapshot_version_used").stringValue()).isEqualTo("0.61.0");
            assertThat(ids(listed.get("models"))).containsExactly("gemini-next");
            assertThat(client.get("/v1/engines/gemini/models/manifest")
                            .json()
                            .get("manifest")
                            .toString())
                    .contains("models_0.61.0.json")
                    .doesNotContain("models_0.62.0.json");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "codex, 0.89.0, gpt-5.2-codex@high, 200",
        "codex, 0.89.0, gpt-5.2-codex, 200",
        "codex, 0.89.0, gpt-5.1-codex-mini@xhigh, 400",
        "codex, 0.89.0, gpt-5.2-codex@ultra, 400",
        "codex, 0.89.0, @high, 400",
        "codex, 0.89.0, gpt-5.2@, 400",
        "codex, 0.89.0, GPT-5.2, 400",
        "codex, 0.89.0, gpt-nothing, 400",
        "gemini, 0.61.0, gemini-2.5-pro, 200",
        "gemini, 0.61.0, gemini-2.5-pro@high, 400",
        "gemini, 0.61.0, gemini-3-pro-preview, 400",
        "iflow, 0.5.14, glm-5, 200",
        "iflow, 0.5.14, glm-5@high, 400",
        "iflow, 0.5.2, glm-5, 400"
    })
    void the_model_of_a_job_has_to_be_in_the_list(String engine, String version, String model, int status)
            throws Exception {
        home.managed(
                EngineId.parse(engine).orElseThrow(),
                "[ \"$1\" != --version ] || { echo " + version + "; exit; }\nexit 1");
        ApiClient.Answer answer = api.post(
                "/v1/jobs",
                Map.of(
                        "skill_id",
                        TestSkill.ID,
                        "engine",
                        engine,
                        "model",
                        model,
                        "parameter",
                        Map.of("script", "@cli exit 0"),
                        "runtime_options",
                        Map.of("no_cache", true)));
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        if (status == 400) {
            assertThat(answer.json().get("code").stringValue()).isEqualTo("MODEL_UNKNOWN");
        }
    }

    private Map<String, String> files(EngineId engine) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> all = Files.list(home.models(engine))) {
            for (Path file : all.toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return texts;
    }

    private static List<String> ids(JsonNode models) {
        List<String> ids = new ArrayList<>();
        models.forEach(model -> ids.add(model.get("id").stringValue()));
        return ids;
    }
}
