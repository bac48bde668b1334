package skillrunner.process.launch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.process.TestBackground;
import skillrunner.process.follow.FileFollower;
import skillrunner.testkit.hostile.ChildJvm;

import static org.assertj.core.api.Assertions.assertThat;

class FullDiskLaunchTest {
    @Test
    void a_shim_that_can_not_write_who_it_is_tells_of_a_full_disk(@TempDir Path disk) throws Exception {
        String said = ChildJvm.withSmallDisk(disk, "size=1m").run(FullDisk.class, disk.toString());

        assertThat(said).endsWith("StorageFullException\n");
    }

    /** Fills the disk and starts a CLI there. */
    static final class FullDisk {
        private static final byte[] BLOCK = new byte[4_096];

        private FullDisk() {}

        public static void main(String[] arguments) {
            Path disk = Path.of(arguments[0]);
            TestAttempt attempt = TestAttempt.in(disk.resolve("run"));
            try (OutputStream file = Files.newOutputStream(disk.resolve("filler"))) {
                for (int i = 0; i < BLOCK.length; i++) {
                    file.write(BLOCK);
                }
            } catch (IOException e) {
                System.out.println("full");
            }
            try (FileFollower follower = FileFollower.start(new TestBackground())) {
                new DetachedAgentProcesses(follower, RunIsolation::switchedOff).launch(attempt.script("exit 0"));
                System.out.println("launched");
            } catch (RuntimeException e) {
                System.out.println(e.getClass().getSimpleName());
            }
        }
    }
}
