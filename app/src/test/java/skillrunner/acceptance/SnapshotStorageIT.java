package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.domain.engine.EngineId.CODEX;

/** Adding a list of models when the disk or the server fails. */
class SnapshotStorageIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int KILLS = 6;

    private EngineHome home;

    @BeforeEach
    void engine(@TempDir Path folder) throws IOException {
        home = new EngineHome(folder);
        home.managed(CODEX, "echo codex-cli 0.200.0");
    }

    @Test
    void a_full_disk_leaves_the_catalogue_as_it_was() throws Exception {
        Path disk = Files.createDirectories(home.root().resolve("disk"));
        String models = disk.resolve("models").toString();
        try (RunningServer server = inNamespace(
                "mount -t tmpfs -o size=256k tmpfs '" + disk + "'", Map.of("SKILL_RUNNER_MODELS_DIR", models))) {
            ApiClient api = server.client();
            JsonNode before = manifest(api);

            ApiClient.Answer refused = api.post("/v1/engines/codex/models/snapshots", many(400));

            assertThat(refused.status()).as(refused.body()).isEqualTo(500);
            assertThat(refused.json().get("code").stringValue()).isEqualTo("STORAGE_FULL");
            assertThat(manifest(api)).isEqualTo(before);
            ApiClient.Answer small = api.post("/v1/engines/codex/models/snapshots", many(1));
            assertThat(small.status()).as(small.body()).isEqualTo(200);
        }
    }

    @Test
    void a_folder_that_can_not_be_written_leaves_the_catalogue_as_it_was() throws Exception {
        try (RunningServer first = home.start()) {
            assertThat(first.stop()).isZero();
        }
        Map<String, String> before = files(CODEX);
        String models = home.data().resolve("engine_models").toString();
        try (RunningServer server = inNamespace(
                "mount --bind '" + models + "' '" + models + "' && mount -o remount,bind,ro '" + models + "'",
                Map.of())) {
            ApiClient api = server.client();
            assertThat(api.get("/v1/engines/codex/models").status()).isEqualTo(200);

            ApiClient.Answer refused = api.post("/v1/engines/codex/models/snapshots", many(1));

            assertThat(refused.status()).as(refused.body()).isEqualTo(500);
            assertThat(refused.json().get("code").stringValue()).isEqualTo("CATALOGUE_UNWRITABLE");
            assertThat(refused.body()).doesNotContain(home.root().toString());
            assertThat(files(CODEX)).isEqualTo(before);
        }
    }

    @Test
    void whenever_a_server_dies_the_manifest_lists_complete_files_and_the_next_start_adopts_the_rest()
            throws Exception {
        Random random = new Random();
        Set<String> acknowledged = Collections.synchronizedSet(new HashSet<>());
        int version = 300;
        for (int round = 0; round < KILLS; round++) {
            try (RunningServer server = home.start()) {
                assertComplete(server.client(), acknowledged);
                int from = version;
                CompletableFuture<Integer> adding =
                        CompletableFuture.supplyAsync(() -> addUntilKilled(server.client(), from, acknowledged));
                // The moment is random on purpose; nothing is asserted about time.
                CompletableFuture.runAsync(
                                () -> {}, CompletableFuture.delayedExecutor(random.nextInt(250), TimeUnit.MILLISECONDS))
                        .join();
                server.kill();
                version = adding.join();
                assertListedFilesAreWhole();
            }
        }
        try (RunningServer server = home.start()) {
            assertComplete(server.client(), acknowledged);
        }
    }

    private int addUntilKilled(ApiClient api, int from, Set<String> acknowledged) {
        for (int version = from; ; version++) {
            try {
                home.managed(CODEX, "echo codex-cli 0." + version + ".0");
                if (api.post("/v1/engines/codex/models/snapshots", many(50)).status() == 200) {
                    acknowledged.add("0." + version + ".0");
                }
            } catch (IOException | CompletionException | IllegalStateException e) {
                return version + 1;
            }
        }
    }

    /** Nothing that was acknowledged is lost, every whole file is listed, and no half-written one is left. */
    private void assertComplete(ApiClient api, Set<String> acknowledged) throws IOException {
        Set<String> listed = new HashSet<>();
        for (JsonNode entry : manifest(api).get("snapshots")) {
            listed.add(entry.get("version").stringValue());
        }
        assertThat(listed).containsAll(acknowledged);
        Set<String> onDisk = new HashSet<>(files(CODEX).keySet());
        onDisk.remove("manifest.json");
        assertThat(onDisk)
                .containsExactlyInAnyOrderElementsOf(
                        listed.stream().map(v -> "models_" + v + ".json").toList());
        assertListedFilesAreWhole();
    }

    private void assertListedFilesAreWhole() throws IOException {
        Map<String, String> files = files(CODEX);
        JsonNode manifest = JSON.readTree(files.get("manifest.json"));
        assertThat(manifest.get("snapshots")).isNotEmpty();
        for (JsonNode entry : manifest.get("snapshots")) {
            String text = files.get(entry.get("file").stringValue());
            assertThat(JSON.readTree(text).get("models")).isNotEmpty();
        }
    }

    private RunningServer inNamespace(String mount, Map<String, String> settings) throws IOException {
        Map<String, String> own = new TreeMap<>(settings);
        // The namespace's tools come from the machine; the engines are still those of the test.
        own.put("PATH", home.programs() + ":" + System.getenv("PATH"));
        return RunningServer.start(home.root(), home.environment(own), MountNamespace.after(mount));
    }

    private static String many(int count) {
        List<String> models = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            models.add("{\"id\": \"model-" + i + "\", \"notes\": \"" + "n".repeat(1_000) + "\"}");
        }
        return "{\"models\": [" + String.join(", ", models) + "]}";
    }

    private static JsonNode manifest(ApiClient api) {
        return api.get("/v1/engines/codex/models/manifest").json().get("manifest");
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
}
