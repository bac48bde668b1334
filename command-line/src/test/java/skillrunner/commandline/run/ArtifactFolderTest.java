package skillrunner.commandline.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.commandline.server.CommandFailedException;
import skillrunner.commandline.server.Surroundings;
import skillrunner.commandline.terminal.Interrupts;
import skillrunner.commandline.terminal.Terminals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ArtifactFolderTest {
    @TempDir
    private Path here;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "artifacts/../x",
                "artifacts/a/../../x",
                "artifacts/..",
                "artifacts/.",
                "artifacts/",
                "artifacts//x",
                "artifacts/a/",
                "artifacts//etc/passwd",
                "/etc/passwd",
                "../x",
                "x",
                "",
                "artifacts",
                "artifacts_x/y",
                "artifacts/a\\..\\x",
                "artifacts/a\u0000b",
                "artifacts/a\nb",
                "artifacts/\u001b[2J"
            })
    void a_name_that_may_lead_elsewhere_has_no_place(String hostile) {
        assertThat(folder("out").place(hostile)).isEmpty();
    }

    @Test
    void a_name_that_is_too_long_for_a_disk_has_no_place() {
        assertThat(folder("out").place("artifacts/" + "x".repeat(256))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b.txt", "报告 1.md", "..a", "a..", "-rf", "%2e%2e", "C:x"})
    void other_names_lie_below_the_folder(String name) {
        assertThat(folder("out").place("artifacts/" + name))
                .contains(here.resolve("out").resolve(name));
    }

    @Test
    void a_folder_is_made_and_one_that_is_not_empty_is_refused() throws IOException {
        folder("new/below");
        assertThat(here.resolve("new/below")).isEmptyDirectory();
        assertThatThrownBy(() -> folder("new"))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("not empty");
        Files.writeString(here.resolve("file"), "x");
        assertThatThrownBy(() -> folder("file")).hasMessageContaining("is no folder");
        assertThatThrownBy(() -> folder("file/x")).hasMessageContaining("can't be made");
    }

    private ArtifactFolder folder(String name) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return ArtifactFolder.of(
                Path.of(name),
                new Surroundings(
                        Map.of(),
                        here,
                        InputStream.nullInputStream(),
                        StandardCharsets.UTF_8,
                        nowhere,
                        nowhere,
                        Terminals.NONE,
                        Runnable::run,
                        new Interrupts(reaction -> {}, words -> {}),
                        Optional::empty));
    }
}
