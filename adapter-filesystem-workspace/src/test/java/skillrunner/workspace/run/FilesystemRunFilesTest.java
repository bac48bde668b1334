package skillrunner.workspace.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.file.FileEntry;
import skillrunner.application.file.FilePreview.Mode;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RunFileRules;
import skillrunner.testkit.hostile.HostileFamily;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static skillrunner.workspace.run.TestRuns.RUN;

class FilesystemRunFilesTest {
    private final Path outside;
    private final Path run;
    private final Path workspace;
    private final FilesystemRunFiles files;

    FilesystemRunFilesTest(@TempDir Path world) throws IOException {
        RunLayout layout = new RunLayout(world.resolve("data"));
        this.outside = Files.createDirectory(world.resolve("outside"));
        this.run = layout.run(RUN);
        this.workspace = Files.createDirectories(run.resolve("workspace"));
        this.files = new FilesystemRunFiles(layout, new RunFileRules(Set.of(".codex/auth.json"), Set.of()));
    }

    @Test
    void both_parts_are_one_tree_in_which_the_servers_names_win() throws IOException {
        write(workspace, "input.json");
        write(workspace, "artifacts/a.txt");
        write(workspace, "result/forged");
        write(workspace, ".audit/forged");
        write(workspace, "zoo/x");
        write(workspace, ".codex/auth.json");
        write(run, "result/result.json");
        write(run, ".audit/meta.1.json");
        write(run, "status.json");

        assertThat(files.tree(RUN).truncated()).isFalse();
        assertThat(files.tree(RUN).entries())
                .containsExactly(
                        new FileEntry(".audit", ".audit", true, 0),
                        new FileEntry(".audit/meta.1.json", "meta.1.json", false, 1),
                        new FileEntry(".codex", ".codex", true, 0),
                        new FileEntry("artifacts", "artifacts", true, 0),
                        new FileEntry("artifacts/a.txt", "a.txt", false, 1),
                        new FileEntry("result", "result", true, 0),
                        new FileEntry("result/result.json", "result.json", false, 1),
                        new FileEntry("zoo", "zoo", true, 0),
                        new FileEntry("zoo/x", "x", false, 1),
                        new FileEntry("input.json", "input.json", false, 0));
    }

    @Test
    void a_file_is_shown_from_the_part_it_belongs_to() throws IOException {
        write(workspace, "result/result.json", "forged");
        write(workspace, "status.json", "the agent's own");
        write(run, "result/result.json", "true");

        assertThat(shown("result/result.json")).isEqualTo("true");
        assertThat(shown("./result//result.json")).isEqualTo("true");
        assertThat(shown("status.json")).isEqualTo("the agent's own");
        assertThat(refused("workspace/status.json")).isEqualTo(ErrorCode.FILE_NOT_FOUND);
    }

    @Test
    void output_is_shown_though_the_server_keeps_it_under_two_names() throws IOException {
        write(run, ".audit/stdout.1.log", "said");
        Files.createDirectories(run.resolve("logs"));
        Files.createLink(run.resolve("logs/stdout.txt"), run.resolve(".audit/stdout.1.log"));

        assertThat(shown(".audit/stdout.1.log")).isEqualTo("said");
    }

    @Test
    void what_was_planted_among_the_files_of_the_server_is_not_shown() throws Exception {
        HostileFamily.plant(Files.createDirectories(run.resolve("result")), outside);

        for (String name : HostileFamily.BAD) {
            assertThat(refused("result/" + name)).as(name).isEqualTo(ErrorCode.FILE_NOT_FOUND);
        }
    }

    @Test
    void what_leads_outside_is_refused_and_what_is_no_file_is_not_found() throws Exception {
        HostileFamily.plant(workspace, outside);
        Files.createDirectory(workspace.resolve("folder"));

        assertThat(refused("link")).isEqualTo(ErrorCode.PATH_INVALID);
        assertThat(refused("link-to-folder/secret")).isEqualTo(ErrorCode.PATH_INVALID);
        for (String name : new String[] {"dangling", "loop", "hard-link", "pipe", "socket", "folder", "none"}) {
            assertThat(refused(name)).as(name).isEqualTo(ErrorCode.FILE_NOT_FOUND);
        }
        assertThat(files.preview(RUN, "sparse").mode()).isEqualTo(Mode.TOO_LARGE);
        assertThat(files.tree(RUN).entries())
                .filteredOn(FileEntry::directory)
                .extracting(FileEntry::path)
                .containsExactly("folder");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "/etc/passwd", "..", "../x", "a/../b", "result/../status.json", "a\\..\\x", "a\0b"})
    void a_path_that_leaves_the_run_is_refused(String path) {
        assertThat(refused(path)).isEqualTo(ErrorCode.PATH_INVALID);
    }

    @Test
    void what_engines_sign_in_with_is_not_shown_by_any_spelling() throws IOException {
        write(workspace, ".codex/auth.json");

        assertThat(refused(".codex/auth.json")).isEqualTo(ErrorCode.FILE_NOT_FOUND);
        assertThat(refused("./.codex//auth.json")).isEqualTo(ErrorCode.FILE_NOT_FOUND);
        assertThat(refused(".codex\\auth.json")).isEqualTo(ErrorCode.FILE_NOT_FOUND);
    }

    @Test
    void a_run_without_folders_has_no_files() throws IOException {
        Files.delete(workspace);
        assertThat(files.tree(RUN).entries()).isEmpty();

        Files.delete(run);
        assertThat(files.tree(RUN).entries()).isEmpty();
        assertThat(refused("a")).isEqualTo(ErrorCode.FILE_NOT_FOUND);
    }

    private String shown(String path) {
        return files.preview(RUN, path).content().orElseThrow();
    }

    private ErrorCode refused(String path) {
        return catchThrowableOfType(RefusedException.class, () -> files.preview(RUN, path))
                .refusal()
                .code();
    }

    private static void write(Path folder, String path) throws IOException {
        write(folder, path, "x");
    }

    private static void write(Path folder, String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
