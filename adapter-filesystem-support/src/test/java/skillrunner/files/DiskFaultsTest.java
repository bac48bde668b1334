package skillrunner.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.application.storage.StorageFullException;

import static org.assertj.core.api.Assertions.assertThat;

class DiskFaultsTest {
    private static final String FULL = "full";
    private static final String OTHER = "other";

    private final Path folder;

    DiskFaultsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void the_words_of_an_exception_do_not_make_a_disk_full() {
        IOException words = new FileSystemException("f", null, "No space left on device");

        assertThat(DiskFaults.explained(words, folder.resolve("absent/file"))).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void asking_leaves_nothing() {
        assertThat(DiskFaults.isFull(folder)).isFalse();

        assertThat(folder.toFile().list()).isEmpty();
    }

    /** Each on a small disk of its own, in another JVM in a mount namespace, since only there one may be mounted. */
    @ParameterizedTest
    @CsvSource({
        "size=1m, 4000000, full", // a file that is larger than all there is
        "'size=1m,nr_inodes=3', 10, full",
        "size=4m, 10, written",
        "'size=4m,ro', 10, other"
    })
    void a_disk_without_room_is_told_from_other_troubles(String options, int bytes, String outcome) throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs -o " + options + " tmpfs \"$1\" && shift && exec \"$@\"",
                "sh",
                disk.toString(),
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SmallDisk.class.getName(),
                disk.toString(),
                String.valueOf(bytes)));

        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said.strip()).isEqualTo(outcome);
    }

    /** Writes files until one fails, and says why it failed. */
    static final class SmallDisk {
        private static final int FILES = 5;

        private SmallDisk() {}

        public static void main(String[] arguments) {
            String outcome = "written";
            for (int i = 0; i < FILES; i++) {
                try {
                    DurableFiles.write(Path.of(arguments[0], "file" + i), new byte[Integer.parseInt(arguments[1])]);
                } catch (StorageFullException e) {
                    outcome = FULL;
                } catch (UncheckedIOException e) {
                    outcome = OTHER;
                }
            }
            System.out.println(outcome);
        }
    }
}
