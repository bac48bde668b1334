package skillrunner.process.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class BoundedCommandTest {
    private static final Map<String, String> PATH = Map.of("PATH", "/usr/bin:/bin");
    private static final Duration PLENTY = Duration.ofMinutes(1);

    @Test
    void a_command_tells_its_code_and_both_streams() {
        BoundedCommand.Outcome outcome = run("echo out; echo err >&2; exit 3", PLENTY);

        assertThat(outcome.end()).isEqualTo(BoundedCommand.End.EXITED);
        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.output()).isEqualTo("out\nerr\n");
    }

    @Test
    void it_sees_the_given_environment_and_nothing_on_stdin() {
        BoundedCommand.Outcome outcome = BoundedCommand.run(
                List.of("/bin/sh", "-c", "cat; echo \"$GREETING-$HOME\""),
                Map.of("GREETING", "hi", "PATH", "/bin"),
                PLENTY);

        assertThat(outcome.output()).isEqualTo("hi-\n");
    }

    @Test
    void who_takes_too_long_is_ended_with_all_children(@TempDir Path folder) throws Exception {
        Path pid = folder.resolve("pid");
        BoundedCommand.Outcome outcome = run(
                "sh -c 'trap \"\" TERM; echo $$ >" + pid + "; sleep 1000; sleep 1000' & wait", Duration.ofSeconds(1));

        assertThat(outcome.end()).isEqualTo(BoundedCommand.End.TIMED_OUT);
        long child = Long.parseLong(Files.readString(pid).strip());
        await().until(() ->
                ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void a_program_that_is_not_there_is_a_result() {
        BoundedCommand.Outcome outcome = BoundedCommand.run(List.of("/no/such/program"), PATH, PLENTY);

        assertThat(outcome.end()).isEqualTo(BoundedCommand.End.NOT_STARTED);
        assertThat(outcome.output()).isNotBlank();
    }

    @Test
    void of_a_long_output_the_end_is_kept() {
        BoundedCommand.Outcome outcome = run("head -c 300000 /dev/zero | tr '\\0' x; echo end", PLENTY);

        assertThat(outcome.output()).hasSize(64 * 1024).endsWith("end\n");
    }

    private static BoundedCommand.Outcome run(String script, Duration limit) {
        return BoundedCommand.run(List.of("/bin/sh", "-c", script), PATH, limit);
    }
}
