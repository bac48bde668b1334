package skillrunner.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelEntry;

import static org.assertj.core.api.Assertions.assertThat;

class FilesystemModelCatalogueTest {
    private final Path directory;
    private final FilesystemModelCatalogue catalogue;

    FilesystemModelCatalogueTest(@TempDir Path directory) {
        this.directory = directory;
        this.catalogue = new FilesystemModelCatalogue(directory);
    }

    @Test
    void an_engine_without_a_manifest_has_no_models() {
        assertThat(catalogue.models(EngineId.CODEX)).isEmpty();
    }

    @Test
    void the_newest_version_serves_by_number_and_not_by_text() throws IOException {
        snapshot("0.5.2", "old");
        snapshot("0.5.12", "new");
        snapshot("latest", "odd");
        manifest("0.5.2", "0.5.12", "latest");

        assertThat(catalogue.models(EngineId.CODEX)).extracting(ModelEntry::id).containsExactly("new");
    }

    @Test
    void a_change_of_the_manifest_is_visible_at_the_next_call() throws IOException {
        snapshot("1.0.0", "one");
        manifest("1.0.0");
        assertThat(catalogue.models(EngineId.CODEX)).extracting(ModelEntry::id).containsExactly("one");

        snapshot("2.0.0", "two");
        manifest("1.0.0", "2.0.0");

        assertThat(catalogue.models(EngineId.CODEX)).extracting(ModelEntry::id).containsExactly("two");
    }

    @Test
    void a_change_of_the_snapshot_is_visible_at_the_next_call() throws IOException {
        snapshot("1.0.0", "one");
        manifest("1.0.0");
        catalogue.models(EngineId.CODEX);

        snapshot("1.0.0", "another");

        assertThat(catalogue.models(EngineId.CODEX)).extracting(ModelEntry::id).containsExactly("another");
    }

    @Test
    void files_that_did_not_change_are_not_read_again() throws IOException {
        snapshot("1.0.0", "one");
        manifest("1.0.0");

        assertThat(catalogue.models(EngineId.CODEX)).isSameAs(catalogue.models(EngineId.CODEX));
    }

    @Test
    void a_snapshot_that_is_missing_or_broken_is_passed_over_until_it_is_there() throws IOException {
        snapshot("1.0.0", "one");
        manifest("1.0.0", "2.0.0");
        assertThat(catalogue.models(EngineId.CODEX)).extracting(ModelEntry::id).containsExactly("one");

        snapshot("2.0.0", "two");

        assertThat(catalogue.models(EngineId.CODEX)).extracting(ModelEntry::id).containsExactly("two");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"engine\":\"codex\"}",
                "{\"engine\":1,\"snapshots\":[]}",
                "{\"engine\":\"codex\",\"snapshots\":[{\"version\":\"1\"}]}",
                "{\"engine\":\"codex\",\"snapshots\":[{\"version\":\"1\",\"file\":\"../../x.json\"}]}",
                "{\"engine\":\"codex\",\"snapshots\":[{\"version\":\"1\",\"file\":\"..\"}]}"
            })
    void a_broken_manifest_costs_only_its_own_engine_its_models(String manifest) throws IOException {
        ModelDirectory.seed(directory);
        Files.writeString(directory.resolve("codex/manifest.json"), manifest);
        Files.writeString(directory.resolve("x.json"), "{\"models\":[{\"id\":\"secret\"}]}");

        assertThat(catalogue.models(EngineId.CODEX)).isEmpty();
        assertThat(catalogue.models(EngineId.GEMINI)).isNotEmpty();
    }

    @Test
    void a_model_without_a_name_is_shown_by_its_id_and_a_repeated_one_counts_once() throws IOException {
        Files.createDirectories(directory.resolve("codex"));
        Files.writeString(
                directory.resolve("codex/models_1.json"),
                "{\"models\":[{\"id\":\" a \",\"display_name\":null},{\"id\":\"a\"},{\"id\":\"b\",\"supported_effort\":null}]}");
        manifest("1");

        assertThat(catalogue.models(EngineId.CODEX)).extracting(ModelEntry::id).containsExactly("a", "b");
    }

    private void manifest(String... versions) throws IOException {
        StringBuilder snapshots = new StringBuilder();
        for (String version : versions) {
            snapshots
                    .append(snapshots.isEmpty() ? "" : ",")
                    .append("{\"version\":\"%1$s\",\"file\":\"models_%1$s.json\"}".formatted(version));
        }
        Files.createDirectories(directory.resolve("codex"));
        Files.writeString(
                directory.resolve("codex/manifest.json"), "{\"engine\":\"codex\",\"snapshots\":[" + snapshots + "]}");
    }

    private void snapshot(String version, String id) throws IOException {
        Files.createDirectories(directory.resolve("codex"));
        Files.writeString(
                directory.resolve("codex/models_" + version + ".json"),
                "{\"engine\":\"codex\",\"version\":\"" + version + "\",\"models\":[{\"id\":\"" + id + "\"}]}");
    }
}
