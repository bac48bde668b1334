package skillrunner.files;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.application.storage.StorageFullException;
import skillrunner.testkit.hostile.ChildJvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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

        assertThat(DiskFaults.explained(words, folder.resolve("absent/file")))
                .isInstanceOf(StorageFaultException.class);
    }

    @Test
    void what_stands_in_the_place_of_a_folder_is_told_from_what_may_pass() throws Exception {
        Path inTheWay = Files.writeString(folder.resolve("runs"), "no folder");
        Path nowhere = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("absent"));

        for (Path file :
                List.of(inTheWay.resolve("file"), inTheWay.resolve("run/.audit/file"), nowhere.resolve("file"))) {
            assertThatExceptionOfType(StorageFaultException.class)
                    .isThrownBy(() -> DurableFiles.write(file, "text"))
                    .matches(StorageFaultException::isLasting, file.toString());
        }
        assertThatExceptionOfType(StorageFaultException.class)
                .isThrownBy(() -> DurableFiles.write(Files.createDirectory(folder.resolve("sound")), "text"))
                .matches(fault -> !fault.isLasting());
    }

    @Test
    void who_is_interrupted_finds_no_full_disk_and_stays_interrupted() {
        Thread.currentThread().interrupt();

        assertThat(DiskFaults.explained(new ClosedByInterruptException(), folder))
                .isInstanceOf(StorageFaultException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void asking_leaves_nothing() {
        assertThat(DiskFaults.isFull(folder)).isFalse();

        assertThat(folder.toFile().list()).isEmpty();
    }

    /** Each on a small disk of its own. */
    @ParameterizedTest
    @CsvSource({
        "size=1m, 4000000, full", // a file that is larger than all there is
        "'size=1m,nr_inodes=3', 10, full",
        "size=4m, 10, written",
        "'size=4m,ro', 10, other"
    })
    void a_disk_without_room_is_told_from_other_troubles(String options, int bytes, String outcome) throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        String said =
                ChildJvm.withSmallDisk(disk, options).run(SmallDisk.class, disk.toString(), String.valueOf(bytes));

        assertThat(said.strip()).isEqualTo(outcome);
    }

    /** In another JVM, where descriptors come and go, and often there is none. */
    @Test
    void a_server_without_descriptors_is_no_full_disk() throws Exception {
        String said = ChildJvm.withDescriptors(128).run(FewDescriptors.class, folder.toString());

        assertThat(said.lines()).containsExactly("has room", "has room");
        assertThat(folder.toFile().list()).isEmpty();
    }

    /** Asks again and again while another thread takes every descriptor and gives some back. */
    static final class FewDescriptors {
        private static final int LOOKS = 3_000;
        private static final int GIVEN_BACK = 3;

        private FewDescriptors() {}

        public static void main(String[] arguments) throws InterruptedException {
            Path place = Path.of(arguments[0]);
            UntrustedFolder.prepare();
            System.out.println(DiskFaults.isFull(place) ? FULL : "has room");
            AtomicBoolean over = new AtomicBoolean();
            Thread hoarder = new Thread(() -> hoard(over));
            hoarder.start();
            boolean full = false;
            for (int look = 0; look < LOOKS; look++) {
                full |= DiskFaults.isFull(place);
            }
            over.set(true);
            hoarder.join();
            System.out.println(full ? FULL : "has room");
        }

        private static void hoard(AtomicBoolean over) {
            Deque<FileInputStream> held = new ArrayDeque<>();
            while (!over.get()) {
                try {
                    held.add(new FileInputStream("/dev/null"));
                } catch (IOException e) {
                    giveBack(held, GIVEN_BACK);
                }
            }
            giveBack(held, held.size());
        }

        private static void giveBack(Deque<FileInputStream> held, int count) {
            for (int i = 0; i < count && !held.isEmpty(); i++) {
                try {
                    held.remove().close();
                } catch (IOException e) {
                    throw new StorageFaultException(e);
                }
            }
        }
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
                } catch (StorageFaultException e) {
                    outcome = OTHER;
                }
            }
            System.out.println(outcome);
        }
    }
}
