package skillrunner.workspace.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.storage.StorageFullException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AtomicFilesTest {
    private static final int WRITES = 200;

    private final Path folder;

    AtomicFilesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void a_file_is_written_with_its_folders_and_nothing_else_is_left() throws Exception {
        Path file = folder.resolve("a/b/status.json");

        AtomicFiles.write(file, "one");
        AtomicFiles.write(file, "two");

        assertThat(file).hasContent("two");
        assertThat(folder.resolve("a/b").toFile().list()).containsExactly("status.json");
    }

    @Test
    void a_reader_sees_the_old_content_or_the_new_but_never_a_part() throws Exception {
        Path file = folder.resolve("status.json");
        String first = "1".repeat(100_000);
        String second = "2".repeat(100_000);
        AtomicFiles.write(file, first);
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<?> writing = writer.submit(() -> {
                for (int i = 0; i < WRITES; i++) {
                    AtomicFiles.write(file, i % 2 == 0 ? second : first);
                }
            });
            while (!writing.isDone()) {
                assertThat(Files.readString(file)).isIn(first, second);
            }
            writing.get();
        } finally {
            writer.shutdownNow();
        }
    }

    @Test
    void a_write_that_fails_leaves_the_target_and_no_temporary_file() throws Exception {
        Path file = folder.resolve("taken");
        Files.createDirectories(file.resolve("by-a-folder"));

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> AtomicFiles.write(file, "text"));

        assertThat(folder.toFile().list()).containsExactly("taken");
    }

    @Test
    void a_tree_is_removed_without_following_links() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "kept");
        Path tree = Files.createDirectories(folder.resolve("tree/deep"));
        Files.createSymbolicLink(tree.resolve("link"), outside);
        Files.createSymbolicLink(tree.resolve("dangling"), folder.resolve("nowhere"));

        AtomicFiles.deleteTree(folder.resolve("tree"));
        AtomicFiles.deleteTree(folder.resolve("tree"));

        assertThat(folder.resolve("tree")).doesNotExist();
        assertThat(outside.resolve("precious")).hasContent("kept");
    }

    @Test
    void a_link_given_as_the_tree_is_removed_itself() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), outside);

        AtomicFiles.deleteTree(link);

        assertThat(Files.isSymbolicLink(link)).isFalse();
        assertThat(outside).exists();
    }

    @Test
    void a_full_disk_and_a_full_quota_are_told_apart_from_other_troubles() {
        assertThat(AtomicFiles.explained(new FileSystemException("f", null, "No space left on device")))
                .isInstanceOf(StorageFullException.class);
        assertThat(AtomicFiles.explained(new IOException("Disk quota exceeded")))
                .isInstanceOf(StorageFullException.class);
        assertThat(AtomicFiles.explained(new IOException("Input/output error")))
                .isInstanceOf(UncheckedIOException.class);
    }
}
