package skillrunner.process.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.run.process.AgentProcesses.LaunchOrder;
import skillrunner.application.run.process.AgentProcesses.State;
import skillrunner.domain.run.ProcessIsolation;

import static org.assertj.core.api.Assertions.assertThat;

/** What the machine is asked to hold, and how what takes too much is counted and ended. */
@ParameterizedClass
@EnumSource(ProcessIsolation.class)
class RunQuotaTest extends ProcessTestBed {
    private static final long LARGEST = 1 << 20;
    private static final long SPARE = 128 * 512;

    RunQuotaTest(ProcessIsolation isolation, @TempDir Path folder) {
        super(isolation, folder);
    }

    @Test
    void a_file_that_grows_beyond_its_limit_grows_no_more_and_the_exit_is_still_recorded() throws Exception {
        TestAttempt attempt = attempt();

        processes.launch(limited(attempt.script("yes 0123456789 >endless; echo ended; yes 0123456789")));

        assertThat(exitCode(attempt)).isNotZero();
        assertThat(Files.size(attempt.folder().resolve("endless"))).isEqualTo(LARGEST + SPARE);
        assertThat(Files.size(Path.of(attempt.files().stdout()))).isEqualTo(LARGEST + SPARE);
    }

    @Test
    void a_file_with_holes_can_t_be_made_larger_either() throws Exception {
        TestAttempt attempt = attempt();

        processes.launch(limited(attempt.script("truncate -s 100G sparse; exit 0")));

        assertThat(exitCode(attempt)).isZero();
        Path sparse = attempt.folder().resolve("sparse");
        assertThat(Files.exists(sparse) ? Files.size(sparse) : 0).isLessThanOrEqualTo(LARGEST + SPARE);
    }

    /** The code by which the verdict tells that no file was left to be measured because none could be made. */
    @Test
    void whoever_makes_too_large_a_file_ends_with_a_code_of_its_own() {
        TestAttempt attempt = attempt();

        processes.launch(limited(attempt.script("exec truncate -s 100G sparse")));

        assertThat(exitCode(attempt)).isEqualTo(153);
    }

    @Test
    void what_the_cli_started_is_counted_with_its_memory() {
        TestAttempt attempt = attempt();
        processes.launch(attempt.script("for i in 1 2 3 4 5; do sleep 1000 & done\n"
                + "held=$(head -c 20000000 /dev/zero | tr '\\0' x); : >ready; sleep 1000; echo \"$held\""));
        eventually(() -> attempt.has("ready"));

        eventually(() -> usage(attempt, Long.MAX_VALUE).processes() >= 7);

        AgentProcesses.Usage usage = usage(attempt, Long.MAX_VALUE);
        assertThat(usage.processes()).isBetween(7L, 10L);
        assertThat(usage.memoryBytes()).isGreaterThan(20_000_000L);
        assertThat(usage(attempt, 3).processes()).isGreaterThan(3);
        assertThat(processes.kill(attempt.process()).left()).isZero();
        assertThat(usage(attempt, Long.MAX_VALUE)).isEqualTo(AgentProcesses.Usage.NOTHING);
    }

    /** Each process starts two more and ends, up to a number of generations that no test machine is harmed by. */
    @Test
    void a_tree_that_grows_while_it_is_ended_is_ended_at_once() {
        TestAttempt attempt = attempt();
        processes.launch(attempt.script(
                "grow() { if [ \"$1\" -gt 0 ]; then (grow $(($1 - 1))) & (grow $(($1 - 1))) & fi; sleep 1000; }\n"
                        + "grow 8 & exec sleep 1000"));
        eventually(() -> usage(attempt, 20).processes() > 20);

        assertThat(processes.kill(attempt.process()).left()).isZero();

        assertThat(attempt.carriers()).isEmpty();
        assertThat(processes.state(attempt.process())).isInstanceOf(State.Exited.class);
    }

    private AgentProcesses.Usage usage(TestAttempt attempt, long enough) {
        return processes.usage(attempt.process(), enough);
    }

    private static LaunchOrder limited(LaunchOrder order) {
        return new LaunchOrder(
                order.program(),
                List.copyOf(order.arguments()),
                order.environment(),
                order.files(),
                false,
                order.marker(),
                LARGEST);
    }
}
