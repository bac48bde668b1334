package skillrunner.workspace.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.run.RunArtifacts.Artifact;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

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
        this.folder = Files.createDirectories(layout.artifacts(RUN));
        this.artifacts = new FilesystemRunArtifacts(layout);
        Files.writeString(outside.resolve("secret"), "secret");
    }

    @Test
    void regular_files_are_listed_in_order_and_opened() throws Exception {
        write("b.txt", "two");
        write("sub/a.txt", "one");
        Files.createDirectory(folder.resolve("empty"));

        assertThat(artifacts.list(RUN)).containsExactly("artifacts/b.txt", "artifacts/sub/a.txt");
        Artifact artifact = artifacts.open(RUN, "artifacts/sub/a.txt").orElseThrow();
        assertThat(artifact.name()).isEqualTo("a.txt");
        assertThat(artifact.size()).isEqualTo(3);
        try (InputStream content = artifact.content().open()) {
            assertThat(content).hasContent("one");
        }
    }

    @Test
    void a_run_without_artifacts_has_none() throws Exception {
        Files.delete(folder);

        assertThat(artifacts.list(RUN)).isEmpty();
        assertThat(artifacts.open(RUN, "artifacts/a")).isEmpty();
    }

    @Test
    void links_that_lead_outside_are_neither_listed_nor_opened() throws Exception {
        Files.createSymbolicLink(folder.resolve("file"), outside.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("folder"), outside);
        Files.createSymbolicLink(folder.resolve("dangling"), outside.resolve("none"));
        write("inside", "x");
        Files.createSymbolicLink(folder.resolve("harmless"), Path.of("inside"));

        assertThat(artifacts.list(RUN)).containsExactly("artifacts/harmless", "artifacts/inside");
        assertThat(artifacts.open(RUN, "artifacts/file")).isEmpty();
        assertThat(artifacts.open(RUN, "artifacts/folder/secret")).isEmpty();
        assertThat(artifacts.open(RUN, "artifacts/dangling")).isEmpty();
        assertThat(artifacts.open(RUN, "artifacts/harmless")).isPresent();
    }

    @Test
    void a_folder_of_artifacts_that_became_a_link_serves_nothing() throws Exception {
        Files.delete(folder);
        Files.createSymbolicLink(folder, outside);

        assertThat(artifacts.list(RUN)).isEmpty();
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
        assertThat(artifacts.list(RUN)).containsExactly("artifacts/a");
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
