package skillrunner.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SmallFilesTest {
    private final Path file;

    SmallFilesTest(@TempDir Path folder) {
        this.file = folder.resolve("file");
    }

    @Test
    void a_file_of_the_largest_size_is_read_whole_also_through_a_link() throws IOException {
        Files.writeString(file, "größe");
        Path link = Files.createSymbolicLink(file.resolveSibling("link"), file);

        assertThat(SmallFiles.readText(file, 7)).isEqualTo("größe");
        assertThat(SmallFiles.readText(link, 7)).isEqualTo("größe");
        assertThat(SmallFiles.read(file, 7)).hasSize(7);
    }

    @Test
    void what_is_too_long_or_never_ends_does_not_fill_the_memory() throws IOException {
        Files.writeString(file, "12345678");
        Path endless = Files.createSymbolicLink(file.resolveSibling("endless"), Path.of("/dev/zero"));

        refuses(file, "it is longer than 7 bytes");
        refuses(endless, "it is no regular file");
    }

    @Test
    void what_is_no_regular_file_is_neither_opened_nor_waited_for() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
        refuses(file, "it is no regular file");
        assertThatThrownBy(() -> LockFiles.open(file)).isInstanceOf(UnfitFileException.class);

        Files.delete(file);
        Files.createDirectory(file);
        refuses(file, "it is a folder");
        assertThatThrownBy(() -> LockFiles.open(file)).isInstanceOf(UnfitFileException.class);
    }

    @Test
    void what_is_no_text_is_told_in_words() throws IOException {
        Files.write(file, new byte[] {'a', (byte) 0xFF});

        assertThatThrownBy(() -> SmallFiles.readText(file, 7))
                .isInstanceOfSatisfying(
                        UnfitFileException.class, e -> assertThat(e.getReason()).isEqualTo("it is no text in UTF-8"));
    }

    @Test
    void what_is_not_there_is_told_from_what_can_not_be_read() throws IOException {
        assertThatThrownBy(() -> SmallFiles.read(file, 7)).isInstanceOf(NoSuchFileException.class);
        try (FileChannel made = LockFiles.open(file)) {
            assertThat(made.size()).isZero();
        }
        assertThat(SmallFiles.read(file, 7)).isEmpty();
    }

    @Test
    void a_lock_among_the_files_of_agents_is_made_anew_where_anything_else_has_its_name() throws Exception {
        Path kept = Files.writeString(file.resolveSibling("kept"), "kept");
        Path folder = Files.createDirectories(file.resolve("inside"));
        Files.createSymbolicLink(folder.resolve("link"), kept);
        LockFiles.openInPlaceOfAnything(file).close();

        Files.delete(file);
        Files.createSymbolicLink(file, file);
        LockFiles.openInPlaceOfAnything(file).close();

        Files.delete(file);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
        LockFiles.openInPlaceOfAnything(file).close();
        assertThat(Files.isRegularFile(file)).isTrue();
        assertThat(kept).hasContent("kept");
    }

    private static void refuses(Path file, String reason) {
        assertThatThrownBy(() -> SmallFiles.read(file, 7))
                .isInstanceOfSatisfying(
                        UnfitFileException.class, e -> assertThat(e.getReason()).isEqualTo(reason));
    }
}
