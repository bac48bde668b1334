package skillrunner.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A data directory on a file system from which nothing may be executed. */
class NoExecutionIT {
    @TempDir
    private Path home;

    @Test
    void a_server_needs_no_data_directory_from_which_programs_may_be_started() throws Exception {
        Path data = Files.createDirectory(home.resolve("data"));

        try (RunningServer server = RunningServer.start(
                home,
                // As on the first start, when nothing has been laid aside yet.
                Map.of("SKILL_RUNNER_JAVA_OPTIONS", "-Dorg.sqlite.lib.path=/nowhere"),
                MountNamespace.after("mount -t tmpfs -o noexec,mode=700 tmpfs '" + data + "'"))) {
            assertThat(server.client().get("/readyz").status()).isEqualTo(200);
            assertThat(server.client().get("/v1/management/runs").status()).isEqualTo(200);
        }
    }
}
