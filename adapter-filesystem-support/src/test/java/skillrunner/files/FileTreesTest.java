package skillrunner.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.testkit.hostile.HostileFamily;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileTreesTest {
    private static final int DEPTH = 1_000;
    private static final int RACES = 40;

    private final Path folder;

    FileTreesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void a_tree_is_removed_without_following_links() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "kept");
        Path tree = Files.createDirectories(folder.resolve("tree/deep"));
        Files.createSymbolicLink(tree.resolve("link"), outside);
        Files.createSymbolicLink(tree.resolve("dangling"), folder.resolve("nowhere"));

        FileTrees.remove(folder.resolve("tree"));
        FileTrees.remove(folder.resolve("tree"));

        assertThat(folder.resolve("tree")).doesNotExist();
        assertThat(outside.resolve("precious")).hasContent("kept");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64, 65})
    void what_links_lead_to_is_not_asked_when_a_tree_is_brought_to_the_disk(int files) throws Exception {
        Path tree = folder.resolve("tree");
        Files.createDirectories(tree.resolve("deep"));
        Files.createSymbolicLink(tree.resolve("dangling"), folder.resolve("nowhere"));
        for (int number = 0; number < files; number++) {
            Files.writeString(tree.resolve("deep").resolve("file-" + number), "text");
        }

        assertThatCode(() -> FileTrees.sync(tree)).doesNotThrowAnyException();
        FileTrees.remove(tree);
        assertThatThrownBy(() -> FileTrees.sync(tree)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void a_link_given_as_the_tree_is_removed_itself() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), outside);

        FileTrees.remove(link);

        assertThat(Files.isSymbolicLink(link)).isFalse();
        assertThat(outside).exists();
    }

    @Test
    void a_file_and_an_absent_folder_are_removed_as_well() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "text");

        FileTrees.remove(file);
        FileTrees.remove(folder.resolve("absent"));
        FileTrees.remove(folder.resolve("absent/below"));

        assertThat(folder.toFile().list()).isEmpty();
    }

    @Test
    void a_tree_deeper_than_any_path_is_removed() throws Exception {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        HostileFamily.nest(tree, DEPTH);

        FileTrees.remove(tree);

        assertThat(folder.toFile().list()).isEmpty();
    }

    @Test
    void folders_without_rights_are_removed() throws Exception {
        Path tree = Files.createDirectories(folder.resolve("tree/closed/deep"));
        Files.writeString(tree.resolve("file"), "text");
        Path readable = Files.createDirectories(folder.resolve("tree/readable"));
        Files.writeString(readable.resolve("file"), "text");
        Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("r-xr-xr-x"));
        Files.setPosixFilePermissions(folder.resolve("tree/closed"), PosixFilePermissions.fromString("---------"));

        FileTrees.remove(folder.resolve("tree"));

        assertThat(folder.toFile().list()).isEmpty();
    }

    @Test
    void a_folder_swapped_for_a_link_meanwhile_leads_nowhere() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "kept");
        Path link = Files.createSymbolicLink(folder.resolve("link"), outside);
        AtomicBoolean over = new AtomicBoolean();
        Path swapped = folder.resolve("tree/swapped");
        ExecutorService swapper = Executors.newSingleThreadExecutor();
        try {
            Future<?> swapping = swapper.submit(() -> {
                while (!over.get()) {
                    swap(swapped, link);
                }
            });
            for (int i = 0; i < RACES; i++) {
                Files.createDirectories(folder.resolve("tree"));
                for (int file = 0; file < 5; file++) {
                    Files.createDirectories(folder.resolve("tree/" + file));
                }
                try {
                    FileTrees.remove(folder.resolve("tree"));
                } catch (UncheckedIOException e) {
                    assertThat(outside.resolve("precious")).exists();
                }
            }
            over.set(true);
            swapping.get();
        } finally {
            swapper.shutdownNow();
        }
        assertThat(outside.resolve("precious")).hasContent("kept");
    }

    private static void swap(Path place, Path link) {
        try {
            Files.createDirectory(place);
            Files.createFile(place.resolve("precious"));
            Files.move(place, place.resolveSibling("moved"), StandardCopyOption.REPLACE_EXISTING);
            Files.copy(link, place, LinkOption.NOFOLLOW_LINKS);
            Files.delete(place);
        } catch (IOException e) {
            // The tree is gone for a moment.
        }
    }
}
