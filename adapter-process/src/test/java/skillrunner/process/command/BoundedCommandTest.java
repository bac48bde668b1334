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
        assertThat(outcome.stdout()).isEqualTo("out\n");
        assertThat(outcome.stderr()).isEqualTo("err\n");
    }

    @Test
    void it_sees_the_given_environment_and_nothing_on_stdin() {
        BoundedCommand.Outcome outcome = BoundedCommand.of(
                        List.of("/bin/sh", "-c", "cat; echo \"$GREETING-$HOME\""),
                        Map.of("GREETING", "hi", "PATH", "/bin"),
                        PLENTY)
                .run();

        assertThat(outcome.output()).isEqualTo("hi-\n");
    }

    @Test
    void who_takes_too_long_is_ended_with_all_children(@TempDir Path folder) throws Exception {
        Path pid = folder.resolve("pid");
        BoundedCommand.Outcome outcome = run(
                "sh -c 'trap \"\" TERM; echo $$ >" + pid + "; sleep 1000; sleep 1000' & wait", Duration.ofSeconds(1));

        assertThat(outcome.end()).isEqualTo(BoundedCommand.End.TIMED_OUT);
        long child = Long.parseLong(Files.readString(pid).strip());
        await().atMost(Duration.ofMinutes(1))
                .until(() ->
                        ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void a_program_that_is_not_there_is_a_result() {
        BoundedCommand.Outcome outcome =
                BoundedCommand.of(List.of("/no/such/program"), PATH, PLENTY).run();

        assertThat(outcome.end()).isEqualTo(BoundedCommand.End.NOT_STARTED);
        assertThat(outcome.output()).isNotBlank();
    }

    @Test
    void of_a_long_output_the_end_is_kept() {
        BoundedCommand.Outcome outcome = run("head -c 300000 /dev/zero | tr '\\0' x; echo end", PLENTY);

        assertThat(outcome.stdout())
                .startsWith("[… 234468 bytes cut]\nxxx")
                .endsWith("end\n")
                .hasSize("[… 234468 bytes cut]\n".length() + 64 * 1024);
    }

    private static BoundedCommand.Outcome run(String script, Duration limit) {
        return BoundedCommand.of(List.of("/bin/sh", "-c", script), PATH, limit).run();
    }

    @Test
    void it_works_in_its_home(@TempDir Path home) throws Exception {
        BoundedCommand.Outcome outcome = BoundedCommand.of(
                        List.of("/bin/pwd", "-P"), Map.of("HOME", home.toString()), PLENTY)
                .run();

        assertThat(outcome.stdout()).isEqualTo(home.toRealPath() + "\n");
    }

    @Test
    void who_left_its_parent_is_found_by_its_mark(@TempDir Path folder) throws Exception {
        Path pid = folder.resolve("pid");
        BoundedCommand.Outcome outcome = BoundedCommand.of(
                        List.of(
                                "/bin/sh",
                                "-c",
                                "(setsid sh -c 'echo $$ >" + pid + "; exec sleep 1000' &); sleep 1000"),
                        PATH,
                        Duration.ofSeconds(1))
                .marked("mark-" + folder)
                .run();

        assertThat(outcome.end()).isEqualTo(BoundedCommand.End.TIMED_OUT);
        long child = Long.parseLong(Files.readString(pid).strip());
        await().atMost(Duration.ofMinutes(1))
                .until(() ->
                        ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void who_writes_without_end_is_ended() {
        BoundedCommand.Outcome outcome = run("exec cat /dev/zero", PLENTY);

        assertThat(outcome.end()).isEqualTo(BoundedCommand.End.WROTE_TOO_MUCH);
    }

    @Test
    void bytes_that_are_no_text_become_replacement_characters() {
        assertThat(run("printf 'a\\377b'", PLENTY).stdout()).isEqualTo("a\uFFFDb");
    }
}
