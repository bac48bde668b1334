package skillrunner.workspace.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.run.turn.AnswerFiles.Taking;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.workspace.run.TestRuns.RUN;

class FilesystemAnswerFilesTest {
    private final Path world;
    private final Path folder;
    private final FilesystemAnswerFiles files;

    FilesystemAnswerFilesTest(@TempDir Path world) throws IOException {
        this.world = world;
        RunLayout layout = new RunLayout(world.resolve("data"));
        this.files = new FilesystemAnswerFiles(layout);
        Files.createDirectories(layout.run(RUN).resolve("workspace"));
        this.folder = layout.workspace(RUN);
        Files.createDirectories(folder.resolve("artifacts"));
    }

    @Test
    void a_file_below_artifacts_is_taken_where_it_lies_by_any_of_its_names() throws IOException {
        Files.writeString(folder.resolve("artifacts/a b.md"), "x");

        for (String name : new String[] {
            "artifacts/a b.md", "a b.md", folder.resolve("artifacts/a b.md").toString()
        }) {
            assertThat(files.take(RUN, name)).isEqualTo(new Taking.Taken("artifacts/a b.md"));
        }
    }

    @Test
    void a_file_elsewhere_in_the_run_directory_is_copied_below_artifacts_as_often_as_one_asks() throws IOException {
        Files.createDirectories(folder.resolve("out"));
        Files.writeString(folder.resolve("out/report.md"), "text");

        for (int i = 0; i < 2; i++) {
            assertThat(files.take(RUN, folder + "/out/report.md"))
                    .isEqualTo(new Taking.Taken("artifacts/out/report.md"));
        }
        assertThat(folder.resolve("artifacts/out/report.md")).hasContent("text");
        assertThat(folder.resolve("out/report.md")).exists();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none.md",
                "artifacts/none.md",
                "/etc/passwd",
                "../../../secret",
                "..",
                "",
                "a\0b",
                "link",
                "folder/secret",
                "artifacts",
                "pipe"
            })
    void what_is_not_a_regular_file_of_the_run_is_refused_with_the_reason(String named) throws Exception {
        Path secret = Files.writeString(world.resolve("secret"), "secret");
        Files.createSymbolicLink(folder.resolve("link"), secret);
        Files.createSymbolicLink(folder.resolve("folder"), world);
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThat(files.take(RUN, named))
                .isInstanceOfSatisfying(
                        Taking.Refused.class,
                        refused -> assertThat(refused.reason()).isNotBlank().doesNotContain(world.toString()));
        assertThat(folder.resolve("artifacts")).isEmptyDirectory();
    }
}
