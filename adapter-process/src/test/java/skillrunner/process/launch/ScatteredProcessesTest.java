package skillrunner.process.launch;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.application.run.process.AgentProcesses.State;
import skillrunner.domain.run.AgentProcess;
import skillrunner.domain.run.ProcessEnd;
import skillrunner.domain.run.ProcessIsolation;
import skillrunner.domain.run.ProcessesEnded;

import static org.assertj.core.api.Assertions.assertThat;

/** What is found without a namespace: whoever keeps one of marker, session and parents. */
@Tag("one-jdk")
class ScatteredProcessesTest extends ProcessTestBed {
    private static final int TIMES = 40;

    ScatteredProcessesTest(@TempDir Path folder) {
        super(ProcessIsolation.PROCESS_TREE, folder);
    }

    @ParameterizedTest
    @CsvSource({
        "the marker, '(setsid sh -c \"sleep %s & exit 0\" &)'",
        "the session, '(env -i sh -c \"sleep %s & exit 0\" &)'"
    })
    void what_a_run_left_behind_is_ended_if_it_kept(String what, String start) throws Exception {
        TestAttempt attempt = attempt();
        AgentProcess known = processes
                .launch(attempt.script(start.formatted(attempt.tag()) + "\nuntil [ -e go ]; do sleep 0.02; done"))
                .orElseThrow();
        eventually(() -> attempt.tagged().size() == 1);
        attempt.make("go");
        assertThat(exitCode(attempt)).as(what).isZero();

        ProcessesEnded ended = processes.sweep(attempt.process(known));

        assertThat(ended.left()).as(what).isZero();
        assertThat(ended.ended()).as(what).isPositive();
        assertThat(ended.last().orElseThrow().name()).as(what).isEqualTo("sleep");
        assertThat(ended.last().orElseThrow().end()).as(what).isEqualTo(ProcessEnd.TERMINATED);

        assertThat(attempt.tagged()).as(what).isEmpty();
        assertThat(attempt.carriers()).as(what).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"its parents, 'env -i setsid sleep %s &'", "the session, '(env -i sh -c \"sleep %s & exit 0\" &)'"})
    void what_a_stopped_run_started_is_ended_if_it_kept(String what, String start) {
        TestAttempt attempt = attempt();
        AgentProcess known = processes
                .launch(attempt.script(start.formatted(attempt.tag()) + "\nexec sleep 1000"))
                .orElseThrow();
        eventually(() -> attempt.tagged().size() == 1);

        assertThat(processes.stop(attempt.process(known)).left()).as(what).isZero();

        assertThat(attempt.tagged()).as(what).isEmpty();
    }

    @Test
    void who_is_deaf_sheds_its_environment_and_its_parents_and_bears_an_odd_name_is_told_of_as_killed()
            throws Exception {
        TestAttempt attempt = attempt();
        AgentProcess known = processes
                .launch(
                        attempt.script(
                                "name=\"$(printf 'odd\\nname')\"; cp \"$(command -v sleep)\" \"$name\"\n"
                                        + "(env -i sh -c \"trap '' INT TERM HUP; './$name' " + attempt.tag()
                                        + " & exit 0\" &)\n"
                                        + "until grep -qsx odd /proc/[0-9]*/comm; do sleep 0.02; done\nuntil [ -e go ]; do sleep 0.02; done"))
                .orElseThrow();
        attempt.make("go");
        assertThat(exitCode(attempt)).isZero();

        ProcessesEnded ended = processes.sweep(attempt.process(known));

        assertThat(ended.ended()).isPositive();
        assertThat(ended.left()).isZero();
        assertThat(ended.last().orElseThrow().name()).isEqualTo("odd\uFFFDname");
        assertThat(ended.last().orElseThrow().end()).isEqualTo(ProcessEnd.KILLED);
        assertThat(processes.sweep(attempt.process(known))).isEqualTo(ProcessesEnded.NONE);
    }

    @Test
    void who_left_nobody_is_told_of_so() throws Exception {
        TestAttempt attempt = attempt();
        AgentProcess known = known(attempt, "true");
        assertThat(exitCode(attempt)).isZero();

        assertThat(processes.sweep(attempt.process(known))).isEqualTo(ProcessesEnded.NONE);
    }

    /** The shim renames its last record by a program of its own, which is one more process of the attempt. */
    @Test
    void whenever_a_cli_is_ended_its_exit_code_is_recorded() {
        for (int time = 0; time < TIMES; time++) {
            TestAttempt attempt = attempt();
            processes.launch(attempt.script(": >ready; exec sleep 1000"));
            eventually(() -> attempt.has("ready"));

            assertThat(processes.stop(attempt.process()).left()).isZero();

            assertThat(processes.state(attempt.process())).isInstanceOf(State.Exited.class);
        }
    }
}
