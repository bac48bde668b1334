package skillrunner.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelEntry;

import static org.assertj.core.api.Assertions.assertThat;

class ModelDirectoryTest {
    private final Path directory;

    ModelDirectoryTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void a_fresh_directory_gets_the_catalogue_of_every_engine() {
        ModelDirectory.seed(directory.resolve("models"));
        FilesystemModelCatalogue catalogue = new FilesystemModelCatalogue(directory.resolve("models"));

        assertThat(catalogue.models(EngineId.CODEX))
                .hasSize(5)
                .filteredOn(model -> model.id().equals("gpt-5.1-codex-mini"))
                .singleElement()
                .satisfies(model -> {
                    assertThat(model.displayName()).contains("GPT-5.1 Codex Mini");
                    assertThat(model.supportedEfforts()).contains(List.of("medium", "high"));
                });
        assertThat(catalogue.models(EngineId.GEMINI))
                .extracting(ModelEntry::id)
                .contains("gemini-3.1-pro-preview")
                .doesNotContain("gemini-3-pro-preview");
        assertThat(catalogue.models(EngineId.IFLOW)).extracting(ModelEntry::id).contains("minimax-m2.5");
        assertThat(catalogue.models(EngineId.OPENCODE))
                .extracting(ModelEntry::id)
                .containsExactly("openai/gpt-5");
    }

    @Test
    void files_that_are_there_stay_and_only_absent_ones_are_added() throws IOException {
        Path codex = Files.createDirectories(directory.resolve("codex"));
        Files.writeString(codex.resolve("manifest.json"), "mine");
        Files.writeString(codex.resolve("models_0.89.0.json"), "mine too");

        ModelDirectory.seed(directory);

        assertThat(codex.resolve("manifest.json")).hasContent("mine");
        assertThat(codex.resolve("models_0.89.0.json")).hasContent("mine too");
        assertThat(codex.resolve("models_0.99.0.json")).content().contains("\"version\": \"0.99.0\"");
    }

    @Test
    void seeding_again_changes_nothing_and_leaves_nothing_behind() throws IOException {
        ModelDirectory.seed(directory);
        List<String> first = files();

        ModelDirectory.seed(directory);

        assertThat(files()).isEqualTo(first).noneMatch(name -> name.endsWith(".tmp"));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(Path::toString).sorted().toList();
        }
    }
}
