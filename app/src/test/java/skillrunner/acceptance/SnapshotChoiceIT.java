package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.domain.engine.EngineId.GEMINI;

/** Which list serves when versions are unusual, over the API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnapshotChoiceIT {
    private static final String THIRTY_DIGITS = "123456789012345678901234567890";

    private EngineHome home;
    private RunningServer server;
    private ApiClient api;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        home = new EngineHome(folder);
        server = home.start();
        api = server.client();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void a_cli_older_than_every_list_gets_the_newest_one_and_is_told() throws Exception {
        list("0.1.0", "0.2.0");

        assertChoice("0.0.1", "0.2.0", "no_match");
    }

    @Test
    void without_a_cli_the_newest_list_serves() throws Exception {
        list("0.9.0", "0.10.0");
        Files.deleteIfExists(home.npmPrefix().resolve("bin/gemini"));

        JsonNode models = models();

        assertThat(models.get("cli_version_detected").isNull()).isTrue();
        assertThat(models.get("snapshot_version_used").stringValue()).isEqualTo("0.10.0");
        assertThat(models.get("fallback_reason").stringValue()).isEqualTo("cli_version_unknown");
    }

    @Test
    void a_number_of_thirty_digits_is_compared_as_a_number() throws Exception {
        list("0.9.0", "0." + THIRTY_DIGITS + ".1", "0." + THIRTY_DIGITS + "0.0");

        assertChoice("0." + THIRTY_DIGITS + ".5", "0." + THIRTY_DIGITS + ".1", "");
        assertChoice("0.10.0", "0.9.0", "");
        assertChoice("1.0.0", "0." + THIRTY_DIGITS + "0.0", "");
    }

    @Test
    void a_list_whose_version_is_no_number_is_never_chosen_beside_one_that_is() throws Exception {
        list("latest", "0.3.0");

        assertChoice("0.4.0", "0.3.0", "");
        assertChoice("0.1.0", "0.3.0", "no_match");
        list("latest");
        assertChoice("0.4.0", "latest", "no_match");
    }

    @Test
    void an_engine_without_lists_has_no_models_and_says_why() throws Exception {
        list();

        JsonNode models = models();

        assertThat(models.get("models")).isEmpty();
        assertThat(models.get("snapshot_version_used").isNull()).isTrue();
        assertThat(models.get("fallback_reason").stringValue()).isEqualTo("no_snapshots");
    }

    private void assertChoice(String cli, String snapshot, String fallback) throws IOException {
        home.managed(GEMINI, "echo " + cli);
        JsonNode models = models();
        assertThat(models.get("cli_version_detected").stringValue()).isEqualTo(cli);
        assertThat(models.get("snapshot_version_used").stringValue()).isEqualTo(snapshot);
        assertThat(models.get("fallback_reason").asString("")).isEqualTo(fallback);
        assertThat(models.get("models").get(0).get("id").stringValue()).isEqualTo("of-" + snapshot);
    }

    private JsonNode models() {
        return api.get("/v1/engines/gemini/models").json();
    }

    /** Leaves the engine with exactly these lists. */
    private void list(String... versions) throws IOException {
        Path folder = home.models(GEMINI);
        List<String> entries = new ArrayList<>();
        for (String version : versions) {
            Files.writeString(
                    folder.resolve("models_" + version + ".json"),
                    "{\"engine\": \"gemini\", \"version\": \"%1$s\", \"models\": [{\"id\": \"of-%1$s\"}]}"
                            .formatted(version));
            entries.add("{\"version\": \"%1$s\", \"file\": \"models_%1$s.json\"}".formatted(version));
        }
        Files.writeString(
                folder.resolve("manifest.json"),
                "{\"engine\": \"gemini\", \"snapshots\": [" + String.join(", ", entries) + "]}");
    }
}
