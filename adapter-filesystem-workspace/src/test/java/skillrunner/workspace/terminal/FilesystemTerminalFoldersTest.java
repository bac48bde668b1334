package skillrunner.workspace.terminal;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.terminal.ScreenFile;
import skillrunner.application.terminal.TerminalFolders;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.terminal.TerminalId;
import skillrunner.testkit.background.SequentialIds;
import skillrunner.testkit.clock.ManualClock;
import skillrunner.workspace.json.JacksonJson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FilesystemTerminalFoldersTest {
    @TempDir
    private Path root;

    private final ManualClock clock = new ManualClock();
    private final TerminalId id = new TerminalId(new SequentialIds().next());

    @Test
    void a_session_has_a_private_folder_with_its_settings_and_is_unfinished_until_it_is_ended() throws Exception {
        FilesystemTerminalFolders folders = folders();
        assertThat(folders.unfinished()).isEmpty();

        Path folder = Path.of(folders.make(id, EngineId.GEMINI));
        folders.write(id, Map.of(".gemini/settings.json", "{}", "opencode.json", "{1}"));

        assertThat(folder).isEqualTo(root.toRealPath().resolve("sessions").resolve(id.value()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(folder.resolve(".gemini/settings.json")).hasContent("{}");
        assertThat(folder.resolve("opencode.json")).hasContent("{1}");
        // A server that was killed meanwhile.
        assertThat(folders().unfinished())
                .containsExactly(new TerminalFolders.Unfinished(id, EngineId.GEMINI, folder.toString()));

        folders.finish(id);
        folders.finish(id);

        assertThat(folders.unfinished()).isEmpty();
        assertThat(folder).isDirectory();
    }

    @Test
    void a_session_that_did_not_begin_leaves_nothing() {
        FilesystemTerminalFolders folders = folders();
        folders.make(id, EngineId.CODEX);

        folders.discard(id);

        assertThat(root.resolve("sessions")).isEmptyDirectory();
    }

    @Test
    void settings_are_not_written_through_a_link() throws Exception {
        FilesystemTerminalFolders folders = folders();
        Path folder = Path.of(folders.make(id, EngineId.GEMINI));
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve(".gemini"), elsewhere);

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> folders.write(id, Map.of(".gemini/settings.json", "{}")));

        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void a_record_that_is_torn_or_somebody_elses_stops_nothing() throws Exception {
        FilesystemTerminalFolders folders = folders();
        folders.make(id, EngineId.IFLOW);
        Files.writeString(root.resolve("sessions").resolve(id + ".json"), "{\"engine\":");
        Files.writeString(root.resolve("sessions/notes.json"), "{}");

        assertThat(folders.unfinished())
                .extracting(TerminalFolders.Unfinished::id)
                .containsExactly(id);
    }

    @Test
    void what_is_a_week_old_is_removed() throws Exception {
        FilesystemTerminalFolders folders = folders();
        folders.sweep();
        Path folder = Path.of(folders.make(id, EngineId.CODEX));
        Files.setLastModifiedTime(folder, FileTime.from(clock.instant().minus(Duration.ofDays(7))));
        folders.sweep();
        assertThat(folder).isDirectory();

        Files.setLastModifiedTime(
                folder, FileTime.from(clock.instant().minus(Duration.ofDays(7).plusSeconds(1))));
        folders.sweep();

        assertThat(folder).doesNotExist();
    }

    @Test
    void a_screen_is_kept_in_a_private_file_beside_the_folder_and_goes_with_the_session() throws Exception {
        FilesystemTerminalFolders folders = folders();
        Path folder = Path.of(folders.make(id, EngineId.CODEX));
        Path file = folder.resolveSibling(id + ".screen");
        ScreenFile screen = folders.screen(id);
        byte[] bytes = "0123456789".getBytes(StandardCharsets.US_ASCII);
        screen.write(4, bytes, 0, 4);
        screen.write(0, bytes, 6, 4);
        screen.write(2, bytes, 0, 2);

        assertThat(screen.read(1, 5)).asString(StandardCharsets.US_ASCII).isEqualTo("70101");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> screen.read(4, 5));
        assertThat(folders.unfinished()).hasSize(1);

        ScreenFile anew = folders.screen(id);
        assertThat(file).isEmptyFile();
        anew.close();
        anew.close();
        assertThat(file).doesNotExist();
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> anew.write(0, bytes, 0, 1));

        for (Runnable end : List.<Runnable>of(
                () -> folders.finish(id),
                () -> folders.discard(id),
                // A server that was killed, and the next one.
                () -> folders().sweep())) {
            folders.make(id, EngineId.CODEX);
            folders.screen(id).write(0, bytes, 0, 10);
            assertThat(file).hasSize(10);
            end.run();
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void what_is_planted_under_the_name_of_a_screen_is_replaced_and_not_written_to() throws Exception {
        FilesystemTerminalFolders folders = folders();
        Path file = Path.of(folders.make(id, EngineId.CODEX)).resolveSibling(id + ".screen");
        Path outside = Files.writeString(root.resolve("outside"), "kept");
        for (String planted : List.of("link", "dangling", "pipe", "folder")) {
            switch (planted) {
                case "link" -> Files.createSymbolicLink(file, outside);
                case "dangling" -> Files.createSymbolicLink(file, root.resolve("nowhere"));
                case "pipe" ->
                    new ProcessBuilder("mkfifo", file.toString()).start().waitFor();
                default -> Files.createDirectories(file.resolve("in"));
            }
            try (ScreenFile screen = folders.screen(id)) {
                screen.write(0, new byte[3], 0, 3);
                assertThat(file).isRegularFile().hasSize(3);
            }
            assertThat(file).doesNotExist();
        }
        assertThat(outside).hasContent("kept");
        assertThat(root.resolve("nowhere")).doesNotExist();
    }

    private FilesystemTerminalFolders folders() {
        return new FilesystemTerminalFolders(root.resolve("sessions"), new JacksonJson(), clock);
    }
}
