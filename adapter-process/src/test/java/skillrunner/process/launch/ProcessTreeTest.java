package skillrunner.process.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.run.ProcessIsolation;
import skillrunner.process.table.ProcFilesystem;
import skillrunner.process.table.ProcessIdentity;

import static org.assertj.core.api.Assertions.assertThat;

/** Who is taken for a member, on a machine of plain files. */
class ProcessTreeTest {
    private static final String BOOT = "1b2c3d4e-0000-4000-8000-000000000000";
    private static final long SHIM = 50;
    private static final long OTHER = 60;

    private final Path proc;

    ProcessTreeTest(@TempDir Path proc) throws Exception {
        this.proc = proc;
        Path boot = Files.createDirectories(proc.resolve("sys/kernel/random"));
        Files.writeString(boot.resolve("boot_id"), BOOT + "\n");
        process(1, 0, 1, 1_000);
    }

    @Test
    void whoever_is_left_in_the_session_of_a_shim_that_is_gone_is_a_member() throws Exception {
        process(OTHER, 1, SHIM, 2_001);

        assertThat(tree(BOOT + ":2000").members())
                .extracting(ProcessIdentity::pid)
                .containsExactly(OTHER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "99999999-0000-4000-8000-000000000000:2000", // the machine was started again
                BOOT + ":999", // the container was
                BOOT + ":",
                "forged"
            })
    void whoever_has_the_session_number_of_an_earlier_shim_later_is_none(String start) throws Exception {
        process(OTHER, 1, SHIM, 2_001);

        assertThat(tree(start).members()).isEmpty();
    }

    @Test
    void whoever_was_given_the_number_of_the_shim_leads_another_session() throws Exception {
        process(SHIM, 1, SHIM, 2_002);
        process(OTHER, SHIM, SHIM, 2_003);

        assertThat(tree(BOOT + ":2000").members()).isEmpty();
    }

    private ProcessTree tree(String start) {
        return new ProcessTree(
                new ProcFilesystem(proc),
                "marker",
                Optional.of(new ProcessIdentity(SHIM, start)),
                ProcessIsolation.PROCESS_TREE);
    }

    private void process(long pid, long parent, long session, long ticks) throws Exception {
        Path folder = Files.createDirectories(proc.resolve(String.valueOf(pid)));
        Files.writeString(
                folder.resolve("stat"),
                pid + " (program) S " + parent + " 0 " + session + " 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 1 0 " + ticks
                        + " 0\n");
    }
}
