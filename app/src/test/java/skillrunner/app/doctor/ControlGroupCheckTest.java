package skillrunner.app.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ControlGroupCheckTest {
    private static final String NOT_USED = "not used: a run is measured, and killed beyond its limits";

    @TempDir
    private Path root;

    private String found() {
        Check check = ControlGroupCheck.of(root);
        assertThat(check.status()).isEqualTo(Check.Status.OK);
        return check.detail();
    }

    private void file(String path, String text) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), text + "\n");
    }

    @Test
    void a_machine_without_them_says_so() {
        assertThat(found()).isEqualTo("none, " + NOT_USED);
    }

    @Test
    void version_1_is_told_apart() throws Exception {
        Files.createDirectories(root.resolve("sys/fs/cgroup/memory"));

        assertThat(found()).isEqualTo("version 1, " + NOT_USED);
    }

    @Test
    void the_narrowest_group_around_the_server_is_what_holds() throws Exception {
        file("sys/fs/cgroup/cgroup.controllers", "memory pids");
        file("proc/self/cgroup", "0::/system/runner.service");
        file("sys/fs/cgroup/system/memory.max", "1000");
        file("sys/fs/cgroup/system/pids.max", "max");
        file("sys/fs/cgroup/system/runner.service/memory.max", "2000");
        file("sys/fs/cgroup/system/runner.service/pids.max", "40");

        assertThat(found())
                .isEqualTo("version 2 is there and " + NOT_USED
                        + "; around this server and all its runs: memory 1000 bytes, processes 40");
    }

    @Test
    void a_group_that_can_not_be_told_is_the_topmost_one() throws Exception {
        file("sys/fs/cgroup/cgroup.controllers", "memory pids");
        file("sys/fs/cgroup/memory.max", "max");
        file("proc/self/cgroup", "0::/../../elsewhere");

        assertThat(found()).endsWith("memory unlimited, processes unlimited");
    }
}
