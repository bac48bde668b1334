package skillrunner.workspace.home;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.engine.CredentialFile;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.ModelSource;
import skillrunner.application.engine.ShippedModels;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.SandboxStatus;
import skillrunner.files.LockFiles;

import static org.assertj.core.api.Assertions.assertThat;

class FilesystemAgentHomeTest {
    @TempDir
    Path folder;

    private final EngineCli cli = new FussyCli();

    @Test
    void folders_and_files_that_are_absent_are_created() throws IOException {
        home().prepare(cli);

        assertThat(folder.resolve("home/.fussy/settings")).hasContent("good");
        assertThat(folder.resolve("home/.cache/fussy")).isDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("home/.cache/fussy"))))
                .isEqualTo("rwx------");
    }

    @Test
    void what_a_killed_server_was_writing_is_removed_and_nothing_else_is() throws IOException {
        Path settings = Files.createDirectories(folder.resolve("home/.fussy"));
        Path leftOver = Files.createFile(settings.resolve("." + "0a".repeat(18) + ".tmp"));
        Path foreign = Files.createFile(settings.resolve(".notes.tmp"));

        home().prepare(cli);

        assertThat(leftOver).doesNotExist();
        assertThat(foreign).exists();
    }

    @Test
    void a_file_that_is_there_stays_unless_the_cli_can_not_work_with_it() throws IOException {
        Path settings = Files.createDirectories(folder.resolve("home/.fussy")).resolve("settings");

        Files.writeString(settings, "mine");
        home().prepare(cli);
        assertThat(settings).hasContent("mine");

        Files.writeString(settings, "bad");
        home().prepare(cli);
        assertThat(settings).hasContent("mended");
    }

    @Test
    void only_credentials_are_imported_and_nobody_else_may_read_them() throws IOException {
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.writeString(source.resolve("auth.json"), "secret");
        Files.writeString(source.resolve("settings"), "not this");
        Path place = Files.createDirectories(folder.resolve("home/.fussy")).resolve("auth.json");
        Files.writeString(place, "old");

        assertThat(home().importCredentials(cli, source)).containsExactly("auth.json");

        assertThat(place).hasContent("secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
                .isEqualTo("rw-------");
        assertThat(folder.resolve("home/.fussy/settings")).doesNotExist();
    }

    @Test
    void a_source_that_is_absent_is_no_fault() {
        assertThat(home().importCredentials(cli, folder.resolve("nowhere"))).isEmpty();
    }

    @Test
    void a_credential_file_is_removed_and_what_a_link_leads_to_stays() throws Exception {
        FilesystemAgentHome agents = home();
        Path outside = Files.writeString(folder.resolve("outside"), "kept");
        Path codex = Files.createDirectories(folder.resolve("home/.codex"));
        Path link = Files.createSymbolicLink(codex.resolve("auth.json"), outside);
        CredentialFile file = new CredentialFile("auth.json", ".codex/auth.json", true);

        agents.remove(file);
        agents.remove(file);

        assertThat(link).doesNotExist();
        assertThat(outside).hasContent("kept");
    }

    /** Else it would bring back what is removed, or replace what is imported. */
    @Test
    void whoever_renews_a_credential_file_is_waited_for() throws Exception {
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.writeString(source.resolve("auth.json"), "imported");
        Path place = Files.createDirectories(folder.resolve("home/.fussy")).resolve("auth.json");
        Files.writeString(place, "old");

        for (Runnable change : List.<Runnable>of(() -> home().importCredentials(cli, source), () -> home().remove(
                        new CredentialFile("auth.json", ".fussy/auth.json", true)))) {
            Thread changer = new Thread(change);
            try (Closeable held = LockFiles.hold(place, Duration.ofSeconds(1))) {
                assertThat(held).isNotNull();
                changer.start();
                while (changer.isAlive() && changer.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
                Files.writeString(place, "renewed");
            }
            changer.join();
            assertThat(Files.exists(place) ? Files.readString(place) : "removed")
                    .isNotEqualTo("renewed");
        }
        assertThat(place).doesNotExist();
    }

    @Test
    void it_tells_what_it_holds() throws IOException {
        Files.createDirectories(folder.resolve("home/.fussy/auth.json"));

        assertThat(home().holds(".fussy/auth.json")).isFalse();
        assertThat(home().readText(".fussy/auth.json")).isEmpty();
    }

    private FilesystemAgentHome home() {
        return new FilesystemAgentHome(folder.resolve("home"));
    }

    /** Can't work with settings that say "bad". */
    private static final class FussyCli implements EngineCli {
        @Override
        public EngineId engine() {
            return new EngineId("fussy");
        }

        @Override
        public String npmPackage() {
            return "fussy";
        }

        @Override
        public List<String> binaryNames() {
            return List.of("fussy");
        }

        @Override
        public List<String> homeFolders() {
            return List.of(".cache/fussy");
        }

        @Override
        public Map<String, String> homeFiles() {
            return Map.of(".fussy/settings", "good");
        }

        @Override
        public Optional<String> mended(String path, String content) {
            return content.equals("bad") ? Optional.of("mended") : Optional.empty();
        }

        @Override
        public List<CredentialFile> credentials() {
            return List.of(new CredentialFile("auth.json", ".fussy/auth.json", true));
        }

        @Override
        public List<String> signInArguments() {
            return List.of();
        }

        @Override
        public SandboxStatus sandbox(boolean signedIn) {
            return SandboxStatus.UNSUPPORTED;
        }

        @Override
        public ModelSource models() {
            return new ModelSource.Snapshots(Optional.empty(), ShippedModels.NONE);
        }
    }
}
