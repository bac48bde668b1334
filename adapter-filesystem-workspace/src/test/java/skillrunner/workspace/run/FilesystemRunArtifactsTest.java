package skillrunner.workspace.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.run.result.RunArtifacts.Artifact;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.files.FileTrees;
import skillrunner.testkit.hostile.HostileFamily;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static skillrunner.workspace.run.TestRuns.RUN;

class FilesystemRunArtifactsTest {
    private final Path outside;
    private final Path run;
    private final Path folder;
    private final FilesystemRunArtifacts artifacts;

    FilesystemRunArtifactsTest(@TempDir Path world) throws IOException {
        RunLayout layout = new RunLayout(world.resolve("data"));
        this.outside = Files.createDirectory(world.resolve("outside"));
        this.run = layout.run(RUN);
        this.folder = Files.createDirectories(run.resolve("workspace/artifacts"));
        this.artifacts = new FilesystemRunArtifacts(layout);
        Files.writeString(outside.resolve("secret"), "secret");
    }

    /** The folder of a test is removed by its paths, which are too long. */
    @AfterEach
    void removeWhatIsDeep() {
        FileTrees.remove(folder);
    }

    @Test
    void regular_files_are_listed_in_order_and_opened() throws Exception {
        write("b.txt", "two");
        write("sub/a.txt", "one");
        Files.createDirectory(folder.resolve("empty"));

        assertThat(artifacts.list(RUN).paths()).containsExactly("artifacts/b.txt", "artifacts/sub/a.txt");
        Artifact artifact = artifacts.open(RUN, "artifacts/sub/a.txt").orElseThrow();
        assertThat(artifact.name()).isEqualTo("a.txt");
        assertThat(artifact.size()).isEqualTo(3);
        try (InputStream content = artifact.content().open()) {
            assertThat(content).hasContent("one");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 300})
    void what_is_brought_to_the_disk_is_what_is_listed(int number) throws Exception {
        for (int i = 0; i < number; i++) {
            write("sub/" + i, "x");
        }
        HostileFamily.plant(folder, outside);

        assertThat(artifacts.secure(RUN)).isEqualTo(artifacts.list(RUN));
        assertThat(artifacts.list(RUN).paths()).hasSize(number + HostileFamily.ODD.size());
    }

    @Test
    void where_nothing_is_nothing_is_brought_to_the_disk() throws Exception {
        FileTrees.remove(folder);
        Files.createSymbolicLink(folder, outside);

        assertThat(artifacts.secure(RUN).paths()).isEmpty();
    }

    @Test
    void a_run_without_artifacts_has_none() throws Exception {
        Files.delete(folder);

        assertThat(artifacts.list(RUN).paths()).isEmpty();
        assertThat(artifacts.open(RUN, "artifacts/a")).isEmpty();
    }

    @Test
    void what_is_no_regular_file_of_one_name_is_neither_listed_nor_opened() throws Exception {
        HostileFamily.plant(folder, outside);
        write("sub/good", "x");
        HostileFamily.nest(folder, 200);

        assertThat(artifacts.list(RUN).paths())
                .contains("artifacts/sub/good")
                .containsAll(HostileFamily.ODD.stream()
                        .map(name -> "artifacts/" + name)
                        .toList())
                .hasSize(HostileFamily.ODD.size() + 1);
        for (String name : HostileFamily.BAD) {
            assertThat(artifacts.open(RUN, "artifacts/" + name)).as(name).isEmpty();
        }
        assertThat(artifacts.open(RUN, "artifacts/link-to-folder/secret")).isEmpty();
        assertThat(artifacts.open(RUN, "artifacts/" + "n".repeat(300))).isEmpty();
        assertThat(artifacts.open(RUN, "artifacts/sub")).isEmpty();
    }

    @Test
    void a_link_inside_is_not_followed_either() throws Exception {
        write("inside", "x");
        Files.createSymbolicLink(folder.resolve("harmless"), Path.of("inside"));

        assertThat(artifacts.list(RUN).paths()).containsExactly("artifacts/inside");
        assertThat(artifacts.open(RUN, "artifacts/harmless")).isEmpty();
    }

    @Test
    void an_artifact_that_was_swapped_after_it_was_found_is_not_opened() throws Exception {
        write("a", "x");
        Artifact found = artifacts.open(RUN, "artifacts/a").orElseThrow();
        Files.delete(folder.resolve("a"));
        Files.createSymbolicLink(folder.resolve("a"), outside.resolve("secret"));

        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> found.content().open());
    }

    @Test
    void a_workspace_that_became_a_link_serves_nothing() throws Exception {
        write("a", "x");
        Files.move(run.resolve("workspace"), outside.resolve("moved"));
        Files.createSymbolicLink(run.resolve("workspace"), outside.resolve("moved"));

        assertThat(artifacts.list(RUN).paths()).isEmpty();
        assertThat(artifacts.open(RUN, "artifacts/a")).isEmpty();
    }

    @Test
    void artifacts_of_an_earlier_release_are_served() throws Exception {
        write("a", "x");
        Files.move(folder, run.resolve("artifacts"));
        Files.delete(run.resolve("workspace"));

        assertThat(artifacts.list(RUN).paths()).containsExactly("artifacts/a");
        assertThat(artifacts.open(RUN, "artifacts/a")).isPresent();
    }

    @Test
    void a_folder_of_artifacts_that_became_a_link_serves_nothing() throws Exception {
        Files.delete(folder);
        Files.createSymbolicLink(folder, outside);

        assertThat(artifacts.list(RUN).paths()).isEmpty();
        assertThat(artifacts.open(RUN, "artifacts/secret")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "/etc/passwd", "..", "../x", "artifacts/../input.json", "artifacts\\..\\x", "a\0b"})
    void a_path_that_leaves_the_folder_is_refused(String path) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> artifacts.open(RUN, path))
                .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(ErrorCode.PATH_INVALID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"artifacts", "artifacts/", "artifacts_x/file", "input.json", ".audit/stdout.1.log", "Artifacts/a"
            })
    void what_is_no_artifact_is_not_found(String path) throws Exception {
        write("a", "x");
        Files.writeString(Files.createDirectory(run.resolve("artifacts_x")).resolve("file"), "x");
        Files.writeString(run.resolve("input.json"), "{}");

        assertThat(artifacts.open(RUN, path)).isEmpty();
        assertThat(artifacts.list(RUN).paths()).containsExactly("artifacts/a");
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
