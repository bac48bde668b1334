package skillrunner.process.launch;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.run.AgentProcesses.State;

import static org.assertj.core.api.Assertions.assertThat;

class SurvivalTest extends ProcessTestBed {
    SurvivalTest(@TempDir Path folder) {
        super(folder);
    }

    @Test
    void a_process_outlives_the_jvm_that_launched_it_and_loses_nothing() throws Exception {
        TestAttempt attempt = attempt();
        Process server = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Launcher.class.getName(),
                        attempt.folder().toString(),
                        attempt.marker())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var said = server.inputReader()) {
            assertThat(said.readLine()).isEqualTo("launched");
            eventually(() -> attempt.has("half"));
        } finally {
            server.destroyForcibly().waitFor();
        }
        assertThat(processes.state(attempt.files())).isEqualTo(new State.Running());

        attempt.make("go");

        assertThat(exitCode(attempt)).isEqualTo(7);
        assertThat(attempt.stdout()).isEqualTo(lines("line "));
        assertThat(attempt.stderr()).isEqualTo(lines("trouble "));
    }

    @Test
    void without_its_shim_a_process_counts_as_vanished_and_can_still_be_ended() throws Exception {
        TestAttempt attempt = attempt();
        processes.launch(attempt.script(": >ready; exec sleep 1000"));
        eventually(() -> attempt.has("ready"));
        kill(attempt.shim().pid());
        eventually(() -> processes.state(attempt.files()) instanceof State.Vanished);
        assertThat(attempt.carriers()).hasSize(1);

        assertThat(processes.stop(attempt.files(), attempt.marker())).isZero();

        assertThat(attempt.carriers()).isEmpty();
        assertThat(processes.state(attempt.files())).isEqualTo(new State.Vanished());
    }

    @Test
    void a_sweep_ends_what_outlived_the_shim() throws Exception {
        TestAttempt attempt = attempt();
        processes.launch(attempt.script("setsid sleep 1000 & exit 0"));
        assertThat(exitCode(attempt)).isZero();
        eventually(() -> attempt.carriers().size() == 1);

        assertThat(processes.sweep(attempt.marker())).isZero();

        assertThat(attempt.carriers()).isEmpty();
        assertThat(processes.state(attempt.files())).isEqualTo(new State.Exited(0));
    }

    @Test
    void a_claim_without_a_process_counts_as_vanished() throws Exception {
        TestAttempt attempt = attempt();
        attempt.make("process.1.json.claim");

        assertThat(processes.state(attempt.files())).isEqualTo(new State.Vanished());
        assertThat(processes.stop(attempt.files(), attempt.marker())).isZero();
    }

    @Test
    void the_start_time_in_the_record_is_the_one_the_process_table_tells() {
        TestAttempt attempt = attempt();
        processes.launch(attempt.script("sleep 1000"));

        Optional<ProcessTable.Entry> entry =
                ProcessTable.ofThisMachine().find(attempt.shim().pid());

        assertThat(entry.orElseThrow().identity()).isEqualTo(attempt.shim());
    }

    private static String lines(String word) {
        return IntStream.rangeClosed(1, Launcher.LINES)
                .mapToObj(number -> word + number + "\n")
                .collect(Collectors.joining());
    }
}
