package skillrunner.process.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import skillrunner.application.run.process.AgentProcesses.LaunchOrder;
import skillrunner.application.run.process.AgentProcesses.State;
import skillrunner.domain.run.ProcessIsolation;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(ProcessIsolation.class)
class DetachedLaunchTest extends ProcessTestBed {
    DetachedLaunchTest(ProcessIsolation isolation, @TempDir Path folder) {
        super(isolation, folder);
    }

    @Test
    void stdin_is_the_prompt_file_and_output_arrives_byte_by_byte() throws Exception {
        TestAttempt attempt = attempt();
        byte[] prompt = new byte[300_000];
        new Random(7).nextBytes(prompt);
        attempt.prompt(prompt);

        processes.launch(attempt.script("tee /dev/stderr"));

        assertThat(exitCode(attempt)).isZero();
        assertThat(attempt.stdoutBytes()).isEqualTo(prompt);
        assertThat(Files.readAllBytes(Path.of(attempt.files().stderr()))).isEqualTo(prompt);
    }

    @Test
    void a_cli_that_does_not_read_its_prompt_sees_its_end_and_not_an_open_pipe() throws Exception {
        TestAttempt attempt = attempt();

        processes.launch(attempt.script("read -r line || echo at the end"));

        assertThat(exitCode(attempt)).isZero();
        assertThat(attempt.stdout()).isEqualTo("at the end\n");
    }

    @Test
    void a_cli_whose_prompt_is_an_argument_finds_nothing_on_stdin() throws Exception {
        TestAttempt attempt = attempt();
        attempt.prompt("the prompt\n".getBytes(StandardCharsets.UTF_8));
        LaunchOrder order = attempt.script("read -r line || echo at the end");

        processes.launch(new LaunchOrder(
                order.program(), order.arguments(), order.environment(), order.files(), false, order.marker(), 0));

        assertThat(exitCode(attempt)).isZero();
        assertThat(attempt.stdout()).isEqualTo("at the end\n");
    }

    @ParameterizedTest
    @CsvSource({
        "exit 0, 0",
        "exit 3, 3",
        "exit 127, 127",
        "exit 255, 255",
        "kill -KILL $$, 137",
        "kill -TERM $$, 143",
        "kill -SEGV $$, 139"
    })
    void the_exit_code_is_recorded_and_nothing_is_added_to_the_output(String script, int code) throws Exception {
        TestAttempt attempt = attempt();

        processes.launch(attempt.script(script));

        assertThat(exitCode(attempt)).isEqualTo(code);
        assertThat(attempt.stdout()).isEmpty();
        assertThat(attempt.stderr()).isEmpty();
    }

    @Test
    void a_program_that_is_gone_ends_with_127_and_says_so_on_stderr() throws Exception {
        TestAttempt attempt = attempt();

        processes.launch(attempt.program(folder.resolve("no-such-cli").toString(), List.of(), Map.of()));

        assertThat(exitCode(attempt)).isEqualTo(127);
        assertThat(attempt.stderr()).contains("not found");
    }

    @Test
    void only_the_given_environment_and_the_marker_reach_the_cli() throws Exception {
        TestAttempt attempt = attempt();
        Map<String, String> given = Map.of("PATH", "/usr/bin:/bin", "GREETING", "a b\n'c' \"d\" $e", "EMPTY", "");

        processes.launch(attempt.program("/bin/cat", List.of("/proc/self/environ"), given));

        assertThat(exitCode(attempt)).isZero();
        Map<String, String> expected = new TreeMap<>(given);
        expected.put("SKILL_RUNNER_ATTEMPT", attempt.marker());
        assertThat(environment(attempt)).isEqualTo(expected);
    }

    @Test
    void arguments_arrive_as_they_are() throws Exception {
        TestAttempt attempt = attempt();
        String[] arguments = {"", "-n", "a b", "$(id)", "'\"\\", "line\nbreak", "*"};

        processes.launch(attempt.script("printf '%s\\0' \"$@\"", arguments));

        assertThat(exitCode(attempt)).isZero();
        assertThat(attempt.stdout()).isEqualTo(String.join("\0", arguments) + "\0");
    }

    @Test
    void the_cli_works_in_the_run_directory_and_in_a_session_of_its_own() throws Exception {
        TestAttempt attempt = attempt();

        processes.launch(attempt.script("pwd; cut -d' ' -f6 /proc/self/stat"));

        assertThat(exitCode(attempt)).isZero();
        assertThat(attempt.stdout().lines())
                .containsExactly(
                        attempt.folder().toRealPath().toString(),
                        // A CLI that signals its own process group must not reach the shim from within a namespace.
                        closed() ? "1" : Long.toString(attempt.shim().pid()));
    }

    @Test
    void what_was_written_before_is_kept() throws Exception {
        TestAttempt attempt = attempt();
        Files.writeString(Path.of(attempt.files().stdout()), "before\n");

        processes.launch(attempt.script("echo after"));

        assertThat(exitCode(attempt)).isZero();
        assertThat(attempt.stdout()).isEqualTo("before\nafter\n");
    }

    @Test
    void signals_are_not_ignored_by_the_cli() {
        TestAttempt attempt = attempt();

        processes.launch(attempt.script("kill -INT $$; echo survived"));

        assertThat(exitCode(attempt)).isEqualTo(130);
    }

    @Test
    void the_exit_record_takes_the_room_that_was_set_aside_at_the_start() throws Exception {
        TestAttempt attempt = attempt();

        processes.launch(attempt.script("until [ -e go ]; do sleep 0.02; done; exit 3"));
        Path reserved = Path.of(attempt.files().exitRecord() + ".tmp");
        Object inode = Files.getAttribute(reserved, "unix:ino");
        long size = Files.size(reserved);
        attempt.make("go");

        assertThat(exitCode(attempt)).isEqualTo(3);
        Path record = Path.of(attempt.files().exitRecord());
        assertThat(Files.getAttribute(record, "unix:ino")).isEqualTo(inode);
        assertThat(Files.size(record)).isEqualTo(size);
    }

    @Test
    void a_state_is_told_from_the_start_to_the_end() throws Exception {
        TestAttempt attempt = attempt();
        assertThat(processes.state(attempt.process())).isEqualTo(new State.NotStarted());

        processes.launch(attempt.script("until [ -e go ]; do sleep 0.02; done"));
        assertThat(processes.state(attempt.process())).isEqualTo(new State.Running());

        attempt.make("go");
        eventually(() -> !(processes.state(attempt.process()) instanceof State.Running));
        assertThat(processes.state(attempt.process())).isEqualTo(new State.Exited(0));
    }

    private static Map<String, String> environment(TestAttempt attempt) throws IOException {
        Map<String, String> environment = new TreeMap<>();
        String text = new String(attempt.stdoutBytes(), StandardCharsets.UTF_8);
        Arrays.stream(text.split("\0"))
                .map(variable -> variable.split("=", 2))
                .forEach(pair -> environment.put(pair[0], pair[1]));
        // What a shell sets by itself tells nothing about this server.
        environment.keySet().removeAll(List.of("PWD", "OLDPWD", "SHLVL", "_"));
        return environment;
    }
}
