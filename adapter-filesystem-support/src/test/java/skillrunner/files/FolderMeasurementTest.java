package skillrunner.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class FolderMeasurementTest {
    @TempDir
    Path folder;

    @Test
    void files_count_with_what_they_say_they_hold_at_every_depth() throws IOException {
        Files.writeString(folder.resolve("a"), "12345");
        Files.createDirectories(folder.resolve("x/y/z"));
        Files.writeString(folder.resolve("x/y/z/b"), "678");
        try (RandomAccessFile holes =
                new RandomAccessFile(folder.resolve("x/holes").toFile(), "rw")) {
            holes.setLength(1L << 40);
        }

        FolderSize size = measured(Long.MAX_VALUE);

        assertThat(size.bytes()).isEqualTo(8 + (1L << 40));
        assertThat(size.entries()).isEqualTo(6);
    }

    @Test
    void no_link_is_followed_and_a_second_name_hides_nothing() throws IOException {
        Path outside = Files.createTempFile("outside", ".tmp");
        Files.writeString(outside, "x".repeat(1_000));
        try {
            Files.createSymbolicLink(folder.resolve("link"), outside);
            Files.createSymbolicLink(folder.resolve("folder"), Path.of("/"));
            Files.writeString(folder.resolve("one"), "1234");
            Files.createLink(folder.resolve("two"), folder.resolve("one"));

            assertThat(measured(Long.MAX_VALUE)).isEqualTo(new FolderSize(8, 4));
        } finally {
            Files.delete(outside);
        }
    }

    @Test
    void the_count_ends_soon_after_there_are_enough() throws IOException {
        for (int i = 0; i < 50; i++) {
            Files.createDirectories(folder.resolve("d" + i + "/e"));
        }

        assertThat(measured(10).entries()).isBetween(11L, 22L);
    }

    @Test
    void a_tree_without_end_ends_the_count() throws IOException {
        Path deepest = folder;
        for (int i = 0; i < 150; i++) {
            deepest = deepest.resolve("d");
        }
        Files.createDirectories(deepest);

        assertThat(measured(Long.MAX_VALUE).entries()).isEqualTo(101);
    }

    private FolderSize measured(long enough) {
        try (UntrustedFolder opened = UntrustedFolder.open(folder).orElseThrow()) {
            return opened.measure(enough);
        }
    }
}
