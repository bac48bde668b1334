package skillrunner.process.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import skillrunner.application.run.process.AgentProcesses.LaunchOrder;
import skillrunner.application.run.process.AgentProcesses.State;
import skillrunner.domain.run.AgentProcess;
import skillrunner.domain.run.ProcessIsolation;

import static org.assertj.core.api.Assertions.assertThat;

/** Processes that keep running and are told one line after the other. */
@ParameterizedClass
@EnumSource(ProcessIsolation.class)
class SpokenLinesTest extends ProcessTestBed {
    /** Says what it reads, and at the end that there is nothing more. */
    private static final String ECHO =
            "while IFS= read -r line; do printf 'heard %s\\n' \"$line\"; done; echo end; exit 5";

    SpokenLinesTest(ProcessIsolation isolation, @TempDir Path folder) {
        super(isolation, folder);
    }

    @Test
    void each_line_is_read_when_it_is_said_and_the_end_ends_the_process() throws Exception {
        TestAttempt attempt = attempt();
        launch(attempt, ECHO, "the prompt");
        eventually(() -> attempt.stdout().equals("heard the prompt\n"));

        say(attempt, 2, "\\n is 'no' break: $HOME ü -n");
        eventually(() -> attempt.stdout().endsWith("break: $HOME ü -n\n"));
        say(attempt, 3, "");
        eventually(() -> attempt.stdout().endsWith("\nheard \n"));
        assertThat(processes.state(attempt.process())).isEqualTo(new State.Running());
        processes.hangUp(attempt.files());

        assertThat(exitCode(attempt)).isEqualTo(5);
        assertThat(attempt.stdout()).isEqualTo("heard the prompt\nheard \\n is 'no' break: $HOME ü -n\nheard \nend\n");
        assertThat(attempt.stderr()).isEmpty();
        assertNothingIsLeft(attempt);
    }

    @Test
    void a_line_of_one_number_is_said_once_whoever_says_it_again() throws Exception {
        TestAttempt attempt = attempt();
        launch(attempt, ECHO, "prompt");
        assertThat(processes.isSaid(attempt.files(), 1)).isTrue();
        assertThat(processes.isSaid(attempt.files(), 2)).isFalse();

        say(attempt, 2, "this");
        say(attempt, 2, "that");
        eventually(() -> attempt.stdout().endsWith("heard this\n"));
        say(attempt, 2, "that");
        say(attempt, 3, "last");
        processes.hangUp(attempt.files());
        processes.hangUp(attempt.files());

        assertThat(processes.isSaid(attempt.files(), 2)).isTrue();
        assertThat(exitCode(attempt)).isEqualTo(5);
        assertThat(attempt.stdout()).isEqualTo("heard prompt\nheard this\nheard last\nend\n");
    }

    /** A server that dies between storing a line and ringing the bell has said it; the next one rings. */
    @Test
    void a_line_whose_bell_nobody_rang_is_handed_over_with_the_next_ring() throws Exception {
        TestAttempt attempt = attempt();
        launch(attempt, ECHO, "prompt");
        eventually(() -> attempt.stdout().equals("heard prompt\n"));
        Path lines = Path.of(SpokenLines.of(attempt.files()).folder());
        Files.writeString(lines.resolve("2"), "stored\n");

        say(attempt, 2, "stored");
        eventually(() -> attempt.stdout().endsWith("heard stored\n"));
        processes.hangUp(attempt.files());

        assertThat(exitCode(attempt)).isEqualTo(5);
        assertThat(attempt.stdout()).isEqualTo("heard prompt\nheard stored\nend\n");
    }

    @Test
    void what_is_said_before_the_process_reads_is_not_lost() throws Exception {
        TestAttempt attempt = attempt();
        launch(attempt, "until [ -e go ]; do sleep 0.02; done; " + ECHO, "prompt");
        String large = "x".repeat(200_000);
        say(attempt, 2, large);
        say(attempt, 3, "last");
        processes.hangUp(attempt.files());

        attempt.make("go");

        assertThat(exitCode(attempt)).isEqualTo(5);
        assertThat(attempt.stdout()).isEqualTo("heard prompt\nheard " + large + "\nheard last\nend\n");
    }

    @Test
    void one_that_ends_by_itself_leaves_nobody_who_would_talk_to_it() throws Exception {
        TestAttempt attempt = attempt();
        launch(attempt, "read -r line; echo \"$line\"; exit 7", "prompt");

        assertThat(exitCode(attempt)).isEqualTo(7);
        assertThat(attempt.stdout()).isEqualTo("prompt\n");
        say(attempt, 2, "to nobody");
        processes.hangUp(attempt.files());
        assertThat(processes.sweep(attempt.process()).left()).isZero();
        assertNothingIsLeft(attempt);
    }

    @Test
    void one_that_waits_is_ended_with_everything_that_stands_around_it() throws Exception {
        TestAttempt attempt = attempt();
        AgentProcess known = launch(attempt, "setsid sleep " + attempt.tag() + " & " + ECHO, "prompt")
                .orElseThrow();
        eventually(() ->
                attempt.stdout().equals("heard prompt\n") && !attempt.tagged().isEmpty());

        assertThat(processes.stop(attempt.process(known)).left()).isZero();

        assertThat(processes.state(attempt.process(known))).isInstanceOf(State.Exited.class);
        assertThat(attempt.tagged()).isEmpty();
        assertNothingIsLeft(attempt);
    }

    @Test
    void one_that_waits_is_ended_by_force_with_everything_that_stands_around_it() throws Exception {
        TestAttempt attempt = attempt();
        AgentProcess known =
                launch(attempt, "trap '' INT TERM; " + ECHO, "prompt").orElseThrow();
        eventually(() -> attempt.stdout().equals("heard prompt\n"));

        assertThat(processes.kill(attempt.process(known)).left()).isZero();

        assertNothingIsLeft(attempt);
    }

    @Test
    void without_its_shim_nobody_is_left_who_would_talk_to_it() throws Exception {
        TestAttempt attempt = attempt();
        AgentProcess known = launch(attempt, ECHO, "prompt").orElseThrow();
        eventually(() -> attempt.stdout().equals("heard prompt\n"));
        kill(known.pid());
        eventually(() -> processes.state(attempt.process(known)) instanceof State.Vanished);

        assertThat(processes.sweep(attempt.process(known)).left()).isZero();

        assertThat(attempt.carriers()).isEmpty();
    }

    @Test
    void who_hands_the_lines_over_does_not_count_as_a_process_of_the_run() throws Exception {
        TestAttempt attempt = attempt();
        AgentProcess known = launch(attempt, ECHO, "prompt").orElseThrow();
        eventually(() -> attempt.stdout().equals("heard prompt\n"));

        assertThat(processes.usage(attempt.process(known), 100).processes()).isEqualTo(1);
    }

    @Test
    void a_program_that_can_not_be_started_ends_as_any_other() {
        TestAttempt attempt = attempt();
        processes.launch(new LaunchOrder(
                "/nowhere/cli",
                List.of(),
                TestAttempt.ENVIRONMENT,
                attempt.files(),
                true,
                attempt.marker(),
                0,
                Optional.of("prompt")));

        assertThat(exitCode(attempt)).isBetween(126, 127);
        assertThat(processes.sweep(attempt.process()).left()).isZero();
    }

    private Optional<AgentProcess> launch(TestAttempt attempt, String script, String firstLine) {
        LaunchOrder order = attempt.script(script);
        return processes.launch(new LaunchOrder(
                order.program(),
                order.arguments(),
                order.environment(),
                order.files(),
                true,
                order.marker(),
                0,
                Optional.of(firstLine)));
    }

    private void say(TestAttempt attempt, int number, String line) {
        processes.say(attempt.files(), number, line);
    }

    private static void assertNothingIsLeft(TestAttempt attempt) throws Exception {
        eventually(() -> attempt.carriers().isEmpty());
        try (var left = Files.list(Path.of(SpokenLines.of(attempt.files()).folder()))) {
            assertThat(left).allMatch(Files::isRegularFile);
        }
    }
}
