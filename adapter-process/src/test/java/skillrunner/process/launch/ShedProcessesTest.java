package skillrunner.process.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.run.process.AgentProcesses.State;
import skillrunner.domain.run.AgentProcess;
import skillrunner.domain.run.ProcessEnd;
import skillrunner.domain.run.ProcessIsolation;
import skillrunner.domain.run.ProcessesEnded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Processes that shed all they could be found by. {@link ScatteredProcessesTest} says what is found without a namespace. */
class ShedProcessesTest extends ProcessTestBed {
    private static final int RUNS = 20;

    /** No environment, a session of its own, no parent, no open file, deaf to what asks it to end. */
    private static final String SHED =
            "(env -i setsid sh -c \"trap '' INT TERM HUP; sleep %s & exit 0\" </dev/null >/dev/null 2>&1 &)\n";

    ShedProcessesTest(@TempDir Path folder) {
        super(ProcessIsolation.PID_NAMESPACE, folder);
    }

    @Test
    void nothing_is_left_of_many_runs_that_ended_well() throws Exception {
        List<TestAttempt> attempts = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            TestAttempt attempt = attempt();
            attempts.add(attempt);
            AgentProcess known = known(attempt, shed(attempt, "exit 0"));
            assertThat(exitCode(attempt)).isZero();
            ProcessesEnded ended = processes.sweep(attempt.process(known));
            assertThat(ended.left()).isZero();
            assertThat(ended.ended()).isPositive();
            assertThat(last(ended).name()).isNotEmpty();
            assertThat(last(ended).end()).isEqualTo(ProcessEnd.WITH_NAMESPACE);
            // A restarted server asks again.
            assertThat(processes.sweep(attempt.process(known))).isEqualTo(ended);
        }

        assertThat(attempts).allSatisfy(attempt -> {
            assertThat(attempt.has("shed")).isTrue();
            assertThat(attempt.tagged()).isEmpty();
            assertThat(attempt.carriers()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({"exec sleep 1000, 130", "trap : INT TERM; while :; do sleep 0.05; done, 137"})
    void nothing_is_left_of_a_run_that_was_stopped(String cli, int code) throws Exception {
        TestAttempt attempt = attempt();
        AgentProcess known = known(attempt, shed(attempt, cli));
        eventually(() -> attempt.has("shed") && attempt.tagged().size() == 1);

        ProcessesEnded ended = processes.stop(attempt.process(known));
        assertThat(ended.left()).isZero();
        assertThat(ended.ended()).isGreaterThanOrEqualTo(2);
        assertThat(last(ended).end()).isEqualTo(code == 130 ? ProcessEnd.WITH_NAMESPACE : ProcessEnd.KILLED);
        assertThat(ended.and(processes.sweep(attempt.process(known)))).isEqualTo(ended);

        assertThat(processes.state(attempt.process(known))).isEqualTo(new State.Exited(code));
        assertThat(attempt.tagged()).isEmpty();
        assertThat(attempt.carriers()).isEmpty();
    }

    @Test
    void a_process_that_signals_its_whole_group_reaches_nobody_outside() {
        TestAttempt attempt = attempt();

        processes.launch(attempt.script("trap '' TERM; kill -TERM 0; kill -KILL 0"));

        assertThat(exitCode(attempt)).isEqualTo(137);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kill -KILL 1", "kill -TERM 1", "kill -INT 1"})
    void the_first_process_of_the_namespace_can_not_be_ended_from_within(String attack) {
        TestAttempt attempt = attempt();

        processes.launch(attempt.script(attack + "; exit 7"));

        assertThat(exitCode(attempt)).isEqualTo(7);
    }

    @Test
    void only_the_run_itself_is_seen_from_within() throws Exception {
        TestAttempt attempt = attempt();

        processes.launch(attempt.script("echo $$; for folder in /proc/[0-9]*; do echo ${folder#/proc/}; done"));

        assertThat(exitCode(attempt)).isZero();
        String itself = attempt.stdout().lines().findFirst().orElseThrow();
        assertThat(attempt.stdout().lines().skip(1)).containsExactlyInAnyOrder("1", itself);
    }

    @Test
    void the_numbers_of_a_run_are_far_from_those_outside() throws Exception {
        assumeThat(System.getProperty("user.name"))
                .as("only root may choose numbers")
                .isEqualTo("root");
        TestAttempt attempt = attempt();

        processes.launch(attempt.script("echo $$; cat /proc/sys/kernel/pid_max"));

        assertThat(exitCode(attempt)).isZero();
        List<Long> numbers = attempt.stdout().lines().map(Long::valueOf).toList();
        assertThat(numbers.get(0)).isGreaterThan(numbers.get(1) / 2);
    }

    @Test
    void nobody_is_told_of_where_nobody_was_left() throws Exception {
        TestAttempt attempt = attempt();
        AgentProcess known = known(attempt, "true");
        assertThat(exitCode(attempt)).isZero();

        assertThat(processes.sweep(attempt.process(known))).isEqualTo(ProcessesEnded.NONE);
    }

    @Test
    void a_name_that_looks_like_the_end_of_a_record_is_only_a_name() throws Exception {
        TestAttempt attempt = attempt();
        AgentProcess known = known(
                attempt,
                "name=\"$(printf 'a\\n0 0 b')\"; cp \"$(command -v sleep)\" \"$name\"\n"
                        + "\"./$name\" " + attempt.tag()
                        + " & until grep -qs '0 0 b' /proc/$!/comm; do sleep 0.02; done");
        assertThat(exitCode(attempt)).isZero();

        ProcessesEnded ended = processes.sweep(attempt.process(known));

        assertThat(ended.ended()).isEqualTo(1);
        assertThat(last(ended).name()).isEqualTo("a\\n0 0 b");
    }

    @Test
    void what_stands_in_the_place_of_the_record_is_not_believed() throws Exception {
        TestAttempt attempt = attempt();
        AgentProcess known = known(attempt, "rm exit.1.json.left; mkdir exit.1.json.left");
        assertThat(exitCode(attempt)).isZero();

        assertThat(processes.sweep(attempt.process(known))).isEqualTo(ProcessesEnded.UNSEEN);
    }

    @Test
    void the_cli_can_not_write_what_is_told_of_it() throws Exception {
        TestAttempt attempt = attempt();

        processes.launch(attempt.script("ls /proc/self/fd"));

        assertThat(exitCode(attempt)).isZero();
        // The last one is that of the folder itself.
        assertThat(attempt.stdout().lines()).containsExactly("0", "1", "2", "3");
    }

    private static ProcessesEnded.Last last(ProcessesEnded ended) {
        return ended.last().orElseThrow();
    }

    private static String shed(TestAttempt attempt, String then) {
        return SHED.formatted(attempt.tag()) + "until grep -qs " + attempt.tag()
                + " /proc/[0-9]*/cmdline; do sleep 0.02; done; : >shed\n" + then;
    }
}
