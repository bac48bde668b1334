package skillrunner.workspace.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class FileDiskReserveTest {
    private final Path folder;
    private final FileDiskReserve reserve;

    FileDiskReserveTest(@TempDir Path folder) {
        this.folder = folder;
        this.reserve = new FileDiskReserve(folder, List.of("runs"));
    }

    @Test
    void the_reserve_takes_real_room_and_gives_it_free() throws Exception {
        reserve.restore();
        reserve.restore();
        assertThat(Files.size(folder.resolve(".reserve"))).isEqualTo(4L << 20);
        assertThat(folder.resolve(".reserve.files").toFile().list()).hasSize(64);
        assertThat(reserve.isHeld()).isTrue();

        reserve.release();
        reserve.release();
        assertThat(reserve.isHeld()).isFalse();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_reserve_of_an_earlier_release_is_completed() throws Exception {
        Files.write(folder.resolve(".reserve"), new byte[4 << 20]);

        reserve.restore();

        assertThat(folder.resolve(".reserve.files").toFile().list()).hasSize(64);
    }

    @Test
    void a_disk_with_room_is_not_exhausted() {
        assertThat(reserve.exhausted()).isFalse();
    }

    @Test
    void a_folder_that_is_gone_stops_nothing() {
        FileDiskReserve nowhere = new FileDiskReserve(folder.resolve("gone"), List.of("runs"));

        nowhere.restore();

        assertThat(nowhere.exhausted()).isFalse();
        assertThat(nowhere.isHeld()).isFalse();
    }

    @Test
    void a_folder_that_takes_files_is_writable_and_nothing_is_left_of_the_trial() {
        assertThat(reserve.writable()).isTrue();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_folder_that_is_gone_is_not_writable() {
        assertThat(new FileDiskReserve(folder.resolve("gone"), List.of("runs")).writable())
                .isFalse();
    }

    @Test
    void a_folder_that_something_else_took_the_place_of_is_not_writable() throws Exception {
        Files.writeString(folder.resolve("runs"), "no folder");

        assertThat(reserve.writable()).isFalse();
    }

    @Test
    void a_folder_that_leads_nowhere_is_not_writable_and_one_behind_a_link_is() throws Exception {
        Files.createSymbolicLink(folder.resolve("runs"), folder.resolve("elsewhere"));
        assertThat(reserve.writable()).isFalse();

        Files.createDirectory(folder.resolve("elsewhere"));
        assertThat(new FileDiskReserve(folder, List.of("runs")).writable()).isTrue();
    }

    @Test
    void a_disk_with_room_has_no_shortage() {
        reserve.exhausted();

        assertThat(reserve.shortages()).isZero();
    }
}
