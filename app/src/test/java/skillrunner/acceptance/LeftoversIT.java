package skillrunner.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What killed servers leave of files that they were writing, in each folder that a start sweeps. */
class LeftoversIT {
    /** Below the server's home. */
    private static final List<String> FOLDERS = List.of(
            "data",
            "data/runs",
            "data/engine_catalog",
            "cache/agent-home/.codex",
            "cache/agent-home/.gemini",
            "cache/agent-home/.iflow",
            "cache/agent-home/.config/opencode");

    /** As {@code DurableFiles} names what it has not finished; another process made it. */
    private static final String UNFINISHED = ".0123456789abcdef0123456789abcdef0123.tmp";

    private static final String SOMEBODYS_OWN = ".settings.tmp";

    @TempDir
    private Path home;

    @Test
    void the_next_start_removes_them_and_nothing_of_others() throws Exception {
        for (String folder : FOLDERS) {
            Path made = Files.createDirectories(home.resolve(folder));
            Files.writeString(made.resolve(UNFINISHED), "half");
            Files.writeString(made.resolve(SOMEBODYS_OWN), "kept");
        }
        // A driver that was killed leaves the library it had unpacked.
        Path library = Files.createDirectories(home.resolve("data/tmp")).resolve("sqlite-3.0-x-libsqlitejdbc.so");
        Files.writeString(library, "no library");

        try (RunningServer server = RunningServer.start(home, Map.of())) {
            assertThat(server.client().get("/healthz").status()).isEqualTo(200);

            for (String folder : FOLDERS) {
                assertThat(home.resolve(folder).resolve(UNFINISHED)).as(folder).doesNotExist();
                assertThat(home.resolve(folder).resolve(SOMEBODYS_OWN))
                        .as(folder)
                        .hasContent("kept");
            }
            assertThat(library).doesNotExist();
        }
    }

    /** Started without the class-data archive it unpacks SQLite's library itself, and no signal lets it clean up. */
    @Test
    void a_server_that_is_killed_again_and_again_leaves_no_library_behind() throws Exception {
        Path machine = Files.createDirectories(home.resolve("machine"));
        Map<String, String> settings = Map.of(
                "SKILL_RUNNER_JAVA_OPTIONS",
                "-XX:TieredStopAtLevel=1 -Dorg.sqlite.lib.path= -Djava.io.tmpdir=" + machine);
        for (int start = 0; start < 2; start++) {
            try (RunningServer server = RunningServer.start(home, settings)) {
                server.kill();
            }
        }

        assertThat(machine).isEmptyDirectory();
    }
}
