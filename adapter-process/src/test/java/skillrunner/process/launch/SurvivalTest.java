package skillrunner.process.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.run.process.AgentProcesses.State;
import skillrunner.domain.run.AgentProcess;
import skillrunner.domain.run.ProcessIsolation;
import skillrunner.process.table.ProcessTable;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(ProcessIsolation.class)
class SurvivalTest extends ProcessTestBed {
    SurvivalTest(ProcessIsolation isolation, @TempDir Path folder) {
        super(isolation, folder);
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
                        attempt.marker(),
                        isolation.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var said = server.inputReader()) {
            assertThat(said.readLine()).isEqualTo("launched");
            eventually(() -> attempt.has("half"));
        } finally {
            server.destroyForcibly().waitFor();
        }
        assertThat(processes.state(attempt.process())).isEqualTo(new State.Running());

        attempt.make("go");

        assertThat(exitCode(attempt)).isEqualTo(7);
        assertThat(attempt.stdout()).isEqualTo(lines("line "));
        assertThat(attempt.stderr()).isEqualTo(lines("trouble "));
    }

    @Test
    void without_its_shim_a_process_counts_as_vanished_and_nothing_of_it_stays() throws Exception {
        TestAttempt attempt = attempt();
        AgentProcess known = processes
                .launch(attempt.script("setsid sleep " + attempt.tag() + " & : >ready; exec sleep 1000"))
                .orElseThrow();
        eventually(() -> attempt.has("ready") && attempt.tagged().size() == 1);
        kill(known.pid());
        eventually(() -> processes.state(attempt.process(known)) instanceof State.Vanished);
        if (closed()) {
            // The kernel does it, whether or not a server is there.
            eventually(() -> attempt.carriers().isEmpty() && attempt.tagged().isEmpty());
        }

        assertThat(processes.sweep(attempt.process(known)).left()).isZero();

        assertThat(attempt.carriers()).isEmpty();
        assertThat(attempt.tagged()).isEmpty();
        assertThat(processes.state(attempt.process())).isEqualTo(new State.Vanished());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rm -rf attempt",
                "rm -rf attempt; mkdir attempt",
                "rm -rf attempt; echo no folder >attempt",
                "rm -rf attempt; mkfifo attempt",
                "mv attempt away",
                "mv attempt away; ln -s away attempt"
            })
    void an_end_whose_records_somebody_took_away_is_told_from_one_without_a_trace(String replace) throws Exception {
        Path above = Files.createDirectory(folder.resolve("records"));
        TestAttempt attempt = watched(TestAttempt.in(above.resolve("attempt")));
        AgentProcess known = processes
                .launch(attempt.script("while [ ! -e ../end ]; do sleep 0.02; done; exit 0"))
                .orElseThrow();
        Process replaced = new ProcessBuilder("/bin/sh", "-c", replace)
                .directory(above.toFile())
                .start();
        assertThat(replaced.waitFor()).isZero();
        kill(known.pid());

        eventually(() -> processes.state(attempt.process(known)) instanceof State.Unrecorded);

        assertThat(processes.sweep(attempt.process(known)).left()).isZero();
    }

    @Test
    void a_claim_without_a_process_counts_as_vanished() throws Exception {
        TestAttempt attempt = attempt();
        attempt.make("process.1.json.claim");

        assertThat(processes.state(attempt.process())).isEqualTo(new State.Vanished());
        assertThat(processes.stop(attempt.process()).left()).isZero();
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
