package skillrunner.process.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.run.ProcessIsolation;

import static org.assertj.core.api.Assertions.assertThat;

/** What is made of a trial, with a script in the place of the programs of util-linux. */
class RunIsolationTest {
    private final Path folder;

    RunIsolationTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void a_passing_fault_of_the_trial_decides_nothing() throws Exception {
        RunIsolation found = RunIsolation.tried(
                script("echo x >>tries; [ $(wc -l <tries) -gt 2 ] || { echo 'fork failed'; exit 1; }; echo 1; exit 7"),
                "a namespace");

        assertThat(found.kind()).isEqualTo(ProcessIsolation.PID_NAMESPACE);
        assertThat(found.detail()).isEqualTo("runs are kept together by a namespace");
        assertThat(found.prefix()).isNotEmpty();
    }

    @Test
    void a_machine_that_goes_on_refusing_is_believed_after_a_few_trials_and_the_reason_is_told() throws Exception {
        RunIsolation found =
                RunIsolation.tried(script("echo x >>tries; echo 'Operation not permitted'; exit 1"), "a namespace");

        assertThat(found.kind()).isEqualTo(ProcessIsolation.PROCESS_TREE);
        assertThat(found.detail()).contains("marker, session and ancestry", "4 times", "Operation not permitted");
        assertThat(found.prefix()).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("tries"))).hasSize(4);
    }

    @Test
    void a_program_that_can_not_be_started_is_the_reason() {
        RunIsolation found = RunIsolation.tried(List.of(folder.resolve("absent").toString()), "a namespace");

        assertThat(found.kind()).isEqualTo(ProcessIsolation.PROCESS_TREE);
        assertThat(found.detail()).contains("absent");
    }

    private List<String> script(String text) throws Exception {
        Path script = Files.writeString(folder.resolve("script"), "#!/bin/sh\ncd '" + folder + "'\n" + text + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return List.of("/bin/sh", script.toString());
    }
}
