package skillrunner.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.engine.ShippedModels;
import skillrunner.application.model.CatalogueUnreadableException;
import skillrunner.application.model.ModelSnapshots;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelEntry;
import skillrunner.domain.model.ModelSnapshotRef;
import skillrunner.files.DurableFiles;
import skillrunner.files.StagedFile;
import skillrunner.testkit.model.ModelSnapshotsContract;
import skillrunner.testkit.run.Racing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static skillrunner.manifest.ModelFolder.ENGINE;

class FilesystemModelSnapshotsTest {
    private static final CliVersion VERSION = new CliVersion("0.100.0");
    private static final ModelSnapshotRef REF = ref("0.100.0");

    private final Path directory;
    private final ModelFolder folder;
    private final FilesystemModelSnapshots snapshots;

    FilesystemModelSnapshotsTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.folder = new ModelFolder(directory);
        this.snapshots = new FilesystemModelSnapshots(directory);
    }

    @Nested
    class as_snapshots extends ModelSnapshotsContract {
        @Override
        protected ModelSnapshots storeWithManifestOf(EngineId engine) {
            ModelDirectory.seed(directory.resolve("fresh"), Map.of(new EngineId("other"), ShippedModels.NONE));
            try {
                Files.createDirectories(directory.resolve("fresh"));
                Files.move(directory.resolve("fresh/other"), directory.resolve("fresh/" + engine));
                Path manifest = directory.resolve("fresh/" + engine + "/manifest.json");
                Files.writeString(manifest, Files.readString(manifest).replace("other", engine.wire()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new FilesystemModelSnapshots(directory.resolve("fresh"));
        }
    }

    @Nested
    class reading {
        @Test
        void the_manifest_is_shown_as_it_stands_in_its_order_also_what_is_not_known() throws IOException {
            folder.file(
                    "manifest.json",
                    """
                    {"z": {"b": null, "a": [1, 2.50]}, "engine": "codex",
                     "snapshots": [{"note": true, "version": "1", "file": "m 1.json"}], "huge": 123456789012345678901234}
                    """);

            Map<String, Object> content = snapshots.manifest(ENGINE).content();

            assertThat(content.keySet()).containsExactly("z", "engine", "snapshots", "huge");
            assertThat(content)
                    .hasToString("{z={b=null, a=[1, 2.50]}, engine=codex, snapshots=[{note=true, version=1, file=m"
                            + " 1.json}], huge=123456789012345678901234}");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{",
                    "[]",
                    "{\"engine\":\"codex\"}",
                    "{\"engine\":1,\"snapshots\":[]}",
                    "{\"engine\":\"codex\",\"snapshots\":{}}",
                    "{\"engine\":\"codex\",\"snapshots\":[1]}",
                    "{\"engine\":\"codex\",\"snapshots\":[{\"version\":\"1\"}]}",
                    "{\"engine\":\"codex\",\"snapshots\":[{\"version\":1,\"file\":\"a.json\"}]}",
                    "{\"engine\":\"codex\",\"snapshots\":[],\"snapshots\":[]}",
                    "{\"engine\":\"codex\",\"snapshots\":[]} x"
                })
        void a_malformed_manifest_is_unreadable_for_its_engine_alone(String manifest) throws IOException {
            ModelDirectory.seed(directory, Map.of(EngineId.GEMINI, Shipped.of(EngineId.GEMINI)));
            folder.file("manifest.json", manifest);

            assertThatThrownBy(() -> snapshots.manifest(ENGINE))
                    .isInstanceOf(CatalogueUnreadableException.class)
                    .hasMessageNotContaining(directory.toString());
            assertThat(snapshots.manifest(EngineId.GEMINI).snapshots()).isNotEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"../../x.json", "..", ".", "", " ", "a/b.json", "a\\\\b.json", "/etc/passwd", "a\\u0000b"})
        void a_manifest_that_points_elsewhere_is_unreadable(String file) throws IOException {
            Files.writeString(directory.resolve("x.json"), "{\"models\":[{\"id\":\"secret\"}]}");
            folder.file(
                    "manifest.json",
                    "{\"engine\":\"codex\",\"snapshots\":[{\"version\":\"1\",\"file\":\"" + file + "\"}]}");

            assertThatThrownBy(() -> snapshots.manifest(ENGINE))
                    .isInstanceOf(CatalogueUnreadableException.class)
                    .hasMessage("the manifest of codex can't be read: a 'file' is not a plain file name");
        }

        @Test
        void a_fault_of_the_disk_says_nothing_of_the_manifest() throws IOException {
            folder.listing("1.0.0");
            Path manifest = directory.resolve("codex/manifest.json");
            Path sound = Files.move(manifest, directory.resolve("sound"));
            // A regular file whose first page can't be read by anybody.
            Files.createSymbolicLink(manifest, Path.of("/proc/self/mem"));

            assertThatThrownBy(() -> snapshots.manifest(ENGINE)).isInstanceOf(UnavailableException.class);

            Files.move(sound, manifest, StandardCopyOption.REPLACE_EXISTING);
            assertThat(snapshots.manifest(ENGINE).snapshots()).containsExactly(ref("1.0.0"));
        }

        @Test
        void a_missing_manifest_is_unreadable_until_it_is_there() throws IOException {
            assertThatThrownBy(() -> snapshots.manifest(ENGINE))
                    .isInstanceOf(CatalogueUnreadableException.class)
                    .hasMessage("the manifest of codex can't be read: it is missing");

            folder.listing("1.0.0");

            assertThat(snapshots.manifest(ENGINE).snapshots()).containsExactly(ref("1.0.0"));
        }

        @Test
        void a_change_is_visible_at_the_next_call() throws IOException {
            folder.snapshot("1.0.0", "one").listing("1.0.0");
            assertThat(ids("1.0.0")).containsExactly("one");
            assertThat(snapshots.manifest(ENGINE).snapshots()).hasSize(1);

            folder.snapshot("1.0.0", "another").listing("1.0.0", "2.0.0");

            assertThat(ids("1.0.0")).containsExactly("another");
            assertThat(snapshots.manifest(ENGINE).snapshots()).hasSize(2);
        }

        @Test
        void files_that_did_not_change_are_not_read_again() throws IOException {
            folder.snapshot("1.0.0", "one").listing("1.0.0");

            assertThat(snapshots.manifest(ENGINE)).isSameAs(snapshots.manifest(ENGINE));
            assertThat(snapshots.models(ENGINE, ref("1.0.0")).orElseThrow())
                    .isSameAs(snapshots.models(ENGINE, ref("1.0.0")).orElseThrow());
        }

        @Test
        void a_broken_snapshot_is_empty_until_it_is_mended() throws IOException {
            folder.file("models_1.0.0.json", "{\"models\":[{\"id\":\"on");
            assertThat(snapshots.models(ENGINE, ref("1.0.0"))).isEmpty();

            folder.snapshot("1.0.0", "one");

            assertThat(ids("1.0.0")).containsExactly("one");
        }

        @Test
        void a_snapshot_is_read_mildly_and_never_names_a_provider() throws IOException {
            folder.file(
                    "models_1.json",
                    """
                    {"version": "other", "models": [
                      {"id": " a ", "display_name": null, "provider": "p", "model": "m"}, {"id": "a"},
                      {"id": "b", "deprecated": true, "supported_effort": null}]}
                    """);

            List<ModelEntry> models = snapshots.models(ENGINE, ref("1")).orElseThrow();

            assertThat(models).extracting(ModelEntry::id).containsExactly("a", "b");
            assertThat(models).allSatisfy(model -> {
                assertThat(model.provider()).isEmpty();
                assertThat(model.model()).isEmpty();
            });
            assertThat(models).extracting(ModelEntry::deprecated).containsExactly(false, true);
        }
    }

    @Nested
    class adding {
        @Test
        void both_files_are_written_for_people() throws IOException {
            folder.file("manifest.json", "{\"x\":[],\"engine\":\"codex\",\"snapshots\":[],\"y\":{\"k\":\"\u4e2d\"}}");

            snapshots.add(ENGINE, VERSION, List.of(ModelEntry.named("a", "A \u4e2d", List.of("low"))));

            assertThat(folder.content())
                    .containsOnly(
                            Map.entry(
                                    "manifest.json",
                                    """
                                    {
                                      "x": [],
                                      "engine": "codex",
                                      "snapshots": [
                                        {
                                          "version": "0.100.0",
                                          "file": "models_0.100.0.json"
                                        }
                                      ],
                                      "y": {
                                        "k": "\u4e2d"
                                      }
                                    }
                                    """),
                            Map.entry(
                                    "models_0.100.0.json",
                                    """
                                    {
                                      "engine": "codex",
                                      "version": "0.100.0",
                                      "models": [
                                        {
                                          "id": "a",
                                          "display_name": "A \u4e2d",
                                          "deprecated": false,
                                          "notes": null,
                                          "supported_effort": [
                                            "low"
                                          ]
                                        }
                                      ]
                                    }
                                    """));
        }

        @Test
        void a_version_is_listed_once_and_the_last_line_wins() throws IOException {
            folder.file(
                    "manifest.json",
                    """
                    {"engine": "codex", "snapshots": [
                      {"version": "2.0", "file": "b.json"}, {"version": "0.100.0", "file": "gone.json"},
                      {"version": "2.0", "file": "c.json", "k": 1}, {"version": "latest", "file": "l.json"}]}
                    """);

            snapshots.add(ENGINE, VERSION, models("a"));

            assertThat(snapshots.manifest(ENGINE).snapshots())
                    .containsExactly(
                            new ModelSnapshotRef("latest", "l.json"), REF, new ModelSnapshotRef("2.0", "c.json"));
            assertThat(Files.readString(folder.manifest())).contains("\"k\": 1");
        }

        @Test
        void a_file_that_is_there_but_not_listed_is_kept_and_nothing_changes() throws IOException {
            folder.file("models_0.100.0.json", "mine").listing("0.99.0");
            Map<String, String> before = folder.content();

            assertThat(snapshots.add(ENGINE, VERSION, models("a"))).isEqualTo(ModelSnapshots.Added.EXISTS);

            assertThat(folder.content()).isEqualTo(before);
        }

        @Test
        void an_unreadable_manifest_takes_no_snapshot_and_stays_as_it_is() throws IOException {
            folder.file("manifest.json", "broken");

            assertThatThrownBy(() -> snapshots.add(ENGINE, VERSION, models("a")))
                    .isInstanceOf(CatalogueUnreadableException.class);
            assertThat(folder.content()).isEqualTo(Map.of("manifest.json", "broken"));
        }

        @Test
        void an_engine_without_a_folder_gets_none() {
            assertThatThrownBy(() -> snapshots.add(EngineId.OPENCODE, VERSION, models("a")))
                    .isInstanceOf(CatalogueUnreadableException.class);
            assertThat(directory.resolve("opencode")).doesNotExist();
        }

        @Test
        void of_two_processes_exactly_one_adds_and_the_file_is_the_winners() throws IOException {
            folder.listing();
            List<Callable<ModelSnapshots.Added>> callers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                // Objects that share nothing but the directory stand for processes.
                FilesystemModelSnapshots process = new FilesystemModelSnapshots(directory);
                List<ModelEntry> models = models("process-" + i);
                callers.add(() -> process.add(ENGINE, VERSION, models));
            }

            List<ModelSnapshots.Added> results = Racing.race(callers);

            assertThat(results).containsOnlyOnce(ModelSnapshots.Added.ADDED);
            assertThat(ids("0.100.0")).containsExactly("process-" + results.indexOf(ModelSnapshots.Added.ADDED));
            assertThat(snapshots.manifest(ENGINE).snapshots()).containsExactly(REF);
            assertThat(folder.content().keySet()).containsExactly("manifest.json", "models_0.100.0.json");
        }

        @Test
        void readers_see_a_manifest_that_lists_complete_files_at_every_moment() throws IOException {
            folder.listing();
            List<Callable<Boolean>> callers = new ArrayList<>();
            callers.add(() -> {
                for (int i = 0; i < 30; i++) {
                    snapshots.add(ENGINE, new CliVersion("1." + i), models("m" + i));
                }
                return true;
            });
            callers.add(() -> {
                FilesystemModelSnapshots reader = new FilesystemModelSnapshots(directory);
                boolean complete = true;
                int seen = 0;
                while (seen < 30 && complete) {
                    List<ModelSnapshotRef> listed = reader.manifest(ENGINE).snapshots();
                    complete = listed.size() >= seen
                            && listed.stream()
                                    .allMatch(ref -> reader.models(ENGINE, ref).isPresent());
                    seen = listed.size();
                }
                return complete;
            });

            assertThat(Racing.race(callers)).containsOnly(true);
        }

        @ParameterizedTest
        @ValueSource(strings = {"models_0.100.0.json", "manifest.json"})
        void a_file_that_can_not_be_written_leaves_everything_as_it_was(String name) throws IOException {
            folder.snapshot("0.99.0", "old").listing("0.99.0");
            Map<String, String> before = folder.content();

            assertThatThrownBy(() ->
                            storeThatFails(name, new FileSystemException("f")).add(ENGINE, VERSION, models("a")))
                    .isInstanceOf(UncheckedIOException.class);

            assertThat(folder.content()).isEqualTo(before);
        }

        @Test
        void a_directory_that_can_not_be_written_leaves_everything_as_it_was() throws IOException {
            folder.snapshot("0.99.0", "old").listing("0.99.0");
            Map<String, String> before = folder.content();

            assertThatThrownBy(() -> storeThatFails("models_0.100.0.json", new AccessDeniedException("f"))
                            .add(ENGINE, VERSION, models("a")))
                    .isInstanceOf(UncheckedIOException.class);

            assertThat(folder.content()).isEqualTo(before);
        }

        @Test
        void a_name_that_is_taken_between_the_check_and_the_writing_is_kept() throws IOException {
            folder.listing("0.99.0");
            FilesystemModelSnapshots late = new FilesystemModelSnapshots(directory, (file, content) -> {
                StagedFile staged = DurableFiles.stage(file, content);
                if (!file.equals(folder.manifest())) {
                    folder.snapshot("0.100.0", "theirs");
                }
                return staged;
            });

            assertThat(late.add(ENGINE, VERSION, models("mine"))).isEqualTo(ModelSnapshots.Added.EXISTS);

            assertThat(ids("0.100.0")).containsExactly("theirs");
            assertThat(snapshots.manifest(ENGINE).snapshots()).containsExactly(ref("0.99.0"));
            assertThat(folder.content().keySet()).containsExactly("manifest.json", "models_0.100.0.json");
        }

        @Test
        void death_between_the_two_names_leaves_a_complete_snapshot_that_the_next_start_lists() throws IOException {
            folder.snapshot("0.99.0", "old").listing("0.99.0");
            String manifest = Files.readString(folder.manifest());
            FilesystemModelSnapshots dying = new FilesystemModelSnapshots(
                    directory, (file, content) -> new DyingBeforeItReplaces(DurableFiles.stage(file, content)));

            assertThatThrownBy(() -> dying.add(ENGINE, VERSION, models("a"))).isInstanceOf(UncheckedIOException.class);

            assertThat(folder.manifest()).hasContent(manifest);
            assertThat(snapshots.manifest(ENGINE).snapshots()).containsExactly(ref("0.99.0"));
            assertThat(ids("0.100.0")).containsExactly("a");
            assertThat(snapshots.add(ENGINE, VERSION, models("b"))).isEqualTo(ModelSnapshots.Added.EXISTS);

            ModelDirectory.seed(directory, Map.of(ENGINE, Shipped.of(ENGINE)));

            assertThat(snapshots.manifest(ENGINE).snapshots()).contains(ref("0.99.0"), REF);
            assertThat(ids("0.100.0")).containsExactly("a");
        }

        private FilesystemModelSnapshots storeThatFails(String name, IOException failure) {
            return new FilesystemModelSnapshots(directory, (file, content) -> {
                if (file.endsWith(name)) {
                    throw failure;
                }
                return DurableFiles.stage(file, content);
            });
        }

        private record DyingBeforeItReplaces(StagedFile staged) implements StagedFile {
            @Override
            public boolean publish() throws IOException {
                return staged.publish();
            }

            @Override
            public void replace() throws IOException {
                throw new IOException("killed");
            }

            @Override
            public void close() throws IOException {
                staged.close();
            }
        }
    }

    private List<String> ids(String version) {
        return snapshots.models(ENGINE, ref(version)).orElseThrow().stream()
                .map(ModelEntry::id)
                .toList();
    }

    private static ModelSnapshotRef ref(String version) {
        return new ModelSnapshotRef(version, "models_" + version + ".json");
    }

    private static List<ModelEntry> models(String id) {
        return List.of(ModelEntry.named(id, id, List.of()));
    }
}
