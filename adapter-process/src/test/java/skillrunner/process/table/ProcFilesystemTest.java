package skillrunner.process.table;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ProcFilesystemTest {
    private final ProcFilesystem table = new ProcFilesystem();

    @Test
    void a_program_whose_name_looks_like_a_status_line_is_read_right(@TempDir Path folder) throws Exception {
        Path program = Files.copy(Path.of("/bin/sleep"), folder.resolve(") Z 1 2 3"));
        Process process = new ProcessBuilder(program.toString(), "1000").start();
        try {
            assertThat(table.find(process.pid()).orElseThrow().parent())
                    .isEqualTo(ProcessHandle.current().pid());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void this_process_is_in_the_table_and_a_number_nobody_has_is_not() {
        long own = ProcessHandle.current().pid();

        assertThat(table.all()).anyMatch(entry -> entry.identity().pid() == own);
        assertThat(table.find(own)).isPresent();
        assertThat(table.find(Integer.MAX_VALUE)).isEmpty();
        assertThat(table.carries(Integer.MAX_VALUE, "A=b")).isFalse();
    }

    @Test
    void a_marker_is_compared_as_a_whole() throws Exception {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", "echo ready; read -r end");
        builder.environment().put("MARK", "run-10");
        builder.environment().put("OTHER", "MARK=run-2");
        Process process = builder.start();
        try (var said = process.inputReader()) {
            assertThat(said.readLine()).isEqualTo("ready");
            assertThat(table.carries(process.pid(), "MARK=run-10")).isTrue();
            assertThat(table.carries(process.pid(), "MARK=run-1")).isFalse();
            assertThat(table.carries(process.pid(), "ARK=run-10")).isFalse();
            assertThat(table.carries(process.pid(), "MARK=run-2")).isFalse();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void a_process_that_computes_is_told_from_one_that_sleeps() throws Exception {
        Process busy = new ProcessBuilder("/bin/sh", "-c", "while :; do :; done").start();
        Process idle = new ProcessBuilder("/bin/sleep", "1000").start();
        try {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> table.cpuTime(busy.pid()).orElseThrow().compareTo(Duration.ofMillis(200)) >= 0);
            assertThat(table.cpuTime(idle.pid()).orElseThrow()).isLessThan(Duration.ofMillis(200));
            assertThat(table.cpuTime(Integer.MAX_VALUE)).contains(Duration.ZERO);
        } finally {
            busy.destroyForcibly();
            idle.destroyForcibly();
        }
    }
}
