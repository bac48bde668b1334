package skillrunner.workspace.terminal;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    private FilesystemTerminalFolders folders() {
        return new FilesystemTerminalFolders(root.resolve("sessions"), new JacksonJson(), clock);
    }
}
