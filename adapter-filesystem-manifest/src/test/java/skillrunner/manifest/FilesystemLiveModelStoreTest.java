package skillrunner.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.model.LiveModelStore;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.LiveModels;
import skillrunner.domain.model.ModelEntry;
import skillrunner.testkit.clock.ManualClock;
import skillrunner.testkit.model.LiveModelStoreContract;

import static org.assertj.core.api.Assertions.assertThat;

class FilesystemLiveModelStoreTest extends LiveModelStoreContract {
    private final Path directory;

    FilesystemLiveModelStoreTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Override
    protected LiveModelStore emptyStore() {
        return new FilesystemLiveModelStore(directory.resolve("not/there/yet"), Map.of());
    }

    @Test
    void the_file_is_written_for_people_and_in_one_step() throws IOException {
        Path file = directory.resolve("elsewhere.json");
        FilesystemLiveModelStore store = new FilesystemLiveModelStore(directory, Map.of(EngineId.OPENCODE, file));

        store.save(
                EngineId.OPENCODE,
                LiveModels.seeded(List.of())
                        .answered(List.of(ModelEntry.provided("p", "m", "n")), ManualClock.START)
                        .failed("exited with code 1: x", ManualClock.START.plusSeconds(60)));

        assertThat(file)
                .hasContent(
                        """
                {
                  "engine": "opencode",
                  "source": "runtime_probe_cache",
                  "status": "stale_cache",
                  "updated_at": "2026-01-02T03:04:05Z",
                  "last_attempt_at": "2026-01-02T03:05:05Z",
                  "last_error": "exited with code 1: x",
                  "providers": [
                    "p"
                  ],
                  "models": [
                    {
                      "id": "p/m",
                      "provider": "p",
                      "model": "m",
                      "display_name": null,
                      "deprecated": false,
                      "notes": "n"
                    }
                  ]
                }
                """);
        assertThat(store.name(EngineId.OPENCODE)).isEqualTo("elsewhere.json");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "[]",
                "{}",
                "{\"models\":5}",
                "{\"models\":[]}",
                "{\"models\":[{\"id\":5}]}",
                "\u0000"
            })
    void garbage_counts_as_nothing(String content) throws IOException {
        FilesystemLiveModelStore store = new FilesystemLiveModelStore(directory, Map.of());
        Files.writeString(directory.resolve("opencode_models_cache.json"), content);

        assertThat(store.load(EngineId.OPENCODE)).isEmpty();
    }

    @Test
    void a_file_with_models_alone_is_enough() throws IOException {
        FilesystemLiveModelStore store = new FilesystemLiveModelStore(directory, Map.of());
        Files.writeString(
                directory.resolve("opencode_models_cache.json"),
                "{\"status\":\"odd\",\"updated_at\":\"yesterday\",\"models\":[{\"id\":\"p/m/n\"}]}");

        LiveModels models = store.load(EngineId.OPENCODE).orElseThrow();

        assertThat(models.status()).isEqualTo(LiveModels.Status.STALE_CACHE);
        assertThat(models.updatedAt()).isEqualTo(Instant.EPOCH);
        assertThat(models.providers()).containsExactly("p");
        assertThat(models.models().get(0).model()).contains("m/n");
    }

    @Test
    void a_folder_in_the_place_of_the_file_counts_as_nothing() throws IOException {
        Files.createDirectory(directory.resolve("opencode_models_cache.json"));

        assertThat(new FilesystemLiveModelStore(directory, Map.of()).load(EngineId.OPENCODE))
                .isEmpty();
    }
}
