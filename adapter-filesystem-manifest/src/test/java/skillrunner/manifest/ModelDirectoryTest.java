package skillrunner.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.engine.ShippedModels;
import skillrunner.application.model.CatalogueUnreadableException;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelEntry;
import skillrunner.domain.model.ModelSnapshotRef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static skillrunner.manifest.ModelFolder.ENGINE;

class ModelDirectoryTest {
    private static final Map<EngineId, ShippedModels> ENGINES = Shipped.MODELS;

    private final Path directory;
    private final ModelFolder folder;
    private final FilesystemModelSnapshots snapshots;

    ModelDirectoryTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.folder = new ModelFolder(directory);
        this.snapshots = new FilesystemModelSnapshots(directory);
    }

    @Test
    void a_fresh_directory_gets_the_packaged_catalogue() {
        Path fresh = directory.resolve("models");
        ModelDirectory.seed(fresh, ENGINES);
        FilesystemModelSnapshots all = new FilesystemModelSnapshots(fresh);

        assertThat(all.models(EngineId.CODEX, ref("0.99.0")).orElseThrow())
                .hasSize(5)
                .filteredOn(model -> model.id().equals("gpt-5.1-codex-mini"))
                .singleElement()
                .satisfies(model -> {
                    assertThat(model.displayName()).contains("GPT-5.1 Codex Mini");
                    assertThat(model.supportedEfforts()).contains(List.of("medium", "high"));
                });
        assertThat(ids(all, EngineId.CODEX, "0.0.0")).containsExactly("gpt-5-codex");
        assertThat(ids(all, EngineId.CODEX, "0.89.0")).hasSize(4);
        assertThat(ids(all, EngineId.GEMINI, "0.25.2")).hasSize(5).contains("gemini-3-pro-preview");
        assertThat(ids(all, EngineId.GEMINI, "0.30.0"))
                .contains("gemini-3.1-pro-preview")
                .doesNotContain("gemini-3-pro-preview");
        assertThat(ids(all, EngineId.IFLOW, "0.5.2")).hasSize(7);
        assertThat(ids(all, EngineId.IFLOW, "0.5.12")).hasSize(9).contains("minimax-m2.1");
        assertThat(ids(all, EngineId.IFLOW, "0.5.14")).hasSize(9).contains("minimax-m2.5");
        assertThat(all.manifest(EngineId.IFLOW).snapshots())
                .extracting(ModelSnapshotRef::version)
                .containsExactly("0.0.0", "0.5.2", "0.5.12", "0.5.14");
        assertThat(fresh.resolve("opencode")).doesNotExist();
    }

    @Test
    void every_packaged_snapshot_says_the_version_of_its_name() throws IOException {
        ModelDirectory.seed(directory, ENGINES);

        for (EngineId engine : ENGINES.keySet()) {
            for (ModelSnapshotRef snapshot : snapshots.manifest(engine).snapshots()) {
                Path file = directory.resolve(engine.wire()).resolve(snapshot.file());
                assertThat(CatalogueJson.snapshot(Files.readAllBytes(file)).version())
                        .contains(snapshot.version());
                assertThat(CatalogueJson.snapshot(Files.readAllBytes(file)).engine())
                        .contains(engine.wire());
            }
        }
    }

    @Test
    void seeding_again_changes_nothing_and_leaves_nothing_behind() throws IOException {
        ModelDirectory.seed(directory, ENGINES);
        Map<String, String> first = folder.content();

        ModelDirectory.seed(directory, ENGINES);

        assertThat(folder.content()).isEqualTo(first);
        assertThat(first.keySet()).noneMatch(name -> name.endsWith(".tmp"));
    }

    @Test
    void existing_files_stay_and_lines_of_the_manifest_are_merged_but_never_removed() throws IOException {
        folder.snapshot("0.89.0", "mine").snapshot("0.50.0", "old").listing("0.50.0", "9.9.9");

        ModelDirectory.seed(directory, ENGINES);

        assertThat(ids(snapshots, ENGINE, "0.89.0")).containsExactly("mine");
        assertThat(ids(snapshots, ENGINE, "0.99.0")).hasSize(5);
        assertThat(versions()).containsExactly("0.0.0", "0.50.0", "0.89.0", "0.99.0", "9.9.9");
    }

    @Test
    void a_version_that_is_listed_with_another_file_keeps_it() throws IOException {
        folder.file(
                "manifest.json",
                "{\"engine\":\"codex\",\"snapshots\":[{\"version\":\"0.99.0\",\"file\":\"own.json\"}]}");

        ModelDirectory.seed(directory, ENGINES);

        assertThat(snapshots.manifest(ENGINE).snapshots())
                .contains(new ModelSnapshotRef("0.99.0", "own.json"))
                .doesNotContain(ref("0.99.0"));
    }

    @Test
    void a_manifest_with_nothing_to_add_keeps_every_byte() throws IOException {
        folder.listing("0.99.0", "0.89.0", "0.0.0");
        String before = Files.readString(folder.manifest());

        ModelDirectory.seed(directory, ENGINES);

        assertThat(folder.manifest()).hasContent(before);
    }

    @Test
    void a_crash_while_seeding_heals() throws IOException {
        ModelDirectory.seed(directory, ENGINES);
        Map<String, String> whole = folder.content();
        Files.delete(folder.manifest());
        Files.delete(folder.path().resolve("models_0.99.0.json"));
        folder.file(".models_0.99.0.json.0.tmp", "{\"engine\"");

        ModelDirectory.seed(directory, ENGINES);

        assertThat(folder.content()).isEqualTo(whole);
    }

    @Test
    void a_complete_snapshot_that_is_not_listed_is_adopted_in_its_place() throws IOException {
        folder.snapshot("0.95.0", "mine").snapshot("0.123456789012345678901234567890.0", "huge");

        ModelDirectory.seed(directory, ENGINES);

        assertThat(versions())
                .containsExactly("0.0.0", "0.89.0", "0.95.0", "0.99.0", "0.123456789012345678901234567890.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "models_0.95.0.json  | {\"engine\":\"codex\",\"version\":\"0.95.0\",\"models\":[{\"id\"",
                "models_0.95.0.json  | {\"engine\":\"codex\",\"version\":\"0.95.1\",\"models\":[{\"id\":\"a\"}]}",
                "models_0.95.0.json  | {\"engine\":\"gemini\",\"version\":\"0.95.0\",\"models\":[{\"id\":\"a\"}]}",
                "models_0.95.0.json  | {\"models\":[{\"id\":\"a\"}]}",
                "models_latest.json  | {\"engine\":\"codex\",\"version\":\"latest\",\"models\":[{\"id\":\"a\"}]}",
                "models_.json        | {\"engine\":\"codex\",\"version\":\"\",\"models\":[{\"id\":\"a\"}]}",
                "notes.json          | {\"engine\":\"codex\",\"version\":\"0.95.0\",\"models\":[{\"id\":\"a\"}]}"
            })
    void what_is_not_what_its_name_says_stays_and_is_not_listed(String name, String content) throws IOException {
        folder.file(name, content);

        ModelDirectory.seed(directory, ENGINES);

        assertThat(versions()).containsExactly("0.0.0", "0.89.0", "0.99.0");
        assertThat(folder.path().resolve(name)).hasContent(content);
    }

    @Test
    void a_packaged_name_that_holds_no_snapshot_is_not_listed() throws IOException {
        folder.file("models_0.89.0.json", "mine too");

        ModelDirectory.seed(directory, ENGINES);

        assertThat(versions()).containsExactly("0.0.0", "0.99.0");
        assertThat(folder.path().resolve("models_0.89.0.json")).hasContent("mine too");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mine", "", "[]", "{\"engine\":\"codex\",\"snapshots\":[{\"version\":\"1\",\"file\":\"../x\"}]}"
            })
    void a_malformed_manifest_stays_as_it_is_and_keeps_nobody_from_starting(String manifest) throws IOException {
        folder.file("manifest.json", manifest);

        assertThatCode(() -> ModelDirectory.seed(directory, ENGINES)).doesNotThrowAnyException();

        assertThat(folder.manifest()).hasContent(manifest);
        assertThat(snapshots.manifest(EngineId.GEMINI).snapshots()).hasSize(3);
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void what_is_no_file_or_has_no_end_keeps_nobody_from_starting_and_is_not_waited_for() throws Exception {
        mkfifo(folder.manifest());
        mkfifo(folder.path().resolve("models_0.89.0.json"));
        Path other = Files.createDirectories(directory.resolve("gemini"));
        Files.createSymbolicLink(other.resolve("manifest.json"), Path.of("/dev/zero"));
        Files.createSymbolicLink(other.resolve("models_0.25.2.json"), Path.of("/dev/zero"));

        assertThatCode(() -> ModelDirectory.seed(directory, ENGINES)).doesNotThrowAnyException();

        assertThat(snapshots.manifest(EngineId.IFLOW).snapshots()).hasSize(4);
        for (EngineId engine : List.of(EngineId.CODEX, EngineId.GEMINI)) {
            assertThatThrownBy(() -> snapshots.manifest(engine))
                    .isInstanceOf(CatalogueUnreadableException.class)
                    .hasMessage("the manifest of " + engine + " can't be read: it is no regular file");
            assertThatThrownBy(() ->
                            snapshots.add(engine, CliVersion.parse("9.9.9").orElseThrow(), List.of()))
                    .isInstanceOf(CatalogueUnreadableException.class);
        }
        assertThat(snapshots.models(EngineId.CODEX, ref("0.89.0"))).isEmpty();
        assertThat(snapshots.models(EngineId.GEMINI, ref("0.25.2"))).isEmpty();

        mkfifo(directory.resolve("opencode_models_cache.json"));
        assertThat(new FilesystemLiveModelStore(directory, Map.of()).load(EngineId.OPENCODE))
                .isEmpty();
    }

    private static void mkfifo(Path pipe) throws Exception {
        Files.createDirectories(pipe.getParent());
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
    }

    @Test
    void a_folder_that_can_not_be_made_concerns_its_engine_only() throws IOException {
        Files.writeString(directory.resolve("gemini"), "a file");

        assertThatCode(() -> ModelDirectory.seed(directory, ENGINES)).doesNotThrowAnyException();

        assertThat(snapshots.manifest(EngineId.IFLOW).snapshots()).hasSize(4);
    }

    @Test
    void a_name_that_leads_nowhere_keeps_the_others_from_nothing() throws IOException {
        Files.createSymbolicLink(folder.path().resolve("models_0.89.0.json"), Path.of("gone.json"));

        ModelDirectory.seed(directory, ENGINES);

        assertThat(versions()).containsExactly("0.0.0", "0.99.0");
    }

    @Test
    void unfinished_writes_are_removed_and_nothing_else() throws IOException {
        folder.file(".manifest.json.0.tmp", "x")
                .file(".models_1.0.json.12.tmp", "x")
                .file(".keep", "x");
        folder.file("own.tmp", "x");
        Files.createDirectory(folder.path().resolve(".folder.tmp"));

        ModelDirectory.seed(directory, ENGINES);

        assertThat(folder.path().resolve(".manifest.json.0.tmp")).doesNotExist();
        assertThat(folder.path().resolve(".models_1.0.json.12.tmp")).doesNotExist();
        assertThat(folder.path().resolve(".keep")).exists();
        assertThat(folder.path().resolve("own.tmp")).exists();
        assertThat(folder.path().resolve(".folder.tmp")).exists();
    }

    @Test
    void an_engine_without_a_packaged_catalogue_starts_with_an_empty_manifest() {
        EngineId other = new EngineId("other");

        ModelDirectory.seed(directory, Map.of(other, ShippedModels.NONE));

        assertThat(snapshots.manifest(other).snapshots()).isEmpty();
        assertThat(snapshots.manifest(other).content()).containsEntry("engine", "other");
    }

    private List<String> versions() {
        return snapshots.manifest(ENGINE).snapshots().stream()
                .map(ModelSnapshotRef::version)
                .toList();
    }

    private static List<String> ids(FilesystemModelSnapshots snapshots, EngineId engine, String version) {
        return snapshots.models(engine, ref(version)).orElseThrow().stream()
                .map(ModelEntry::id)
                .toList();
    }

    private static ModelSnapshotRef ref(String version) {
        return new ModelSnapshotRef(version, "models_" + version + ".json");
    }
}
