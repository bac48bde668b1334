package skillrunner.files;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.storage.StorageFaultException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DurableFilesTest {
    private static final int WRITES = 200;
    private static final int RACERS = 8;

    private final Path folder;

    DurableFilesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void a_file_is_written_with_its_folders_and_nothing_else_is_left() throws Exception {
        Path file = folder.resolve("a/b/status.json");

        DurableFiles.write(file, "one");
        DurableFiles.write(file, "two");

        assertThat(file).hasContent("two");
        assertThat(folder.resolve("a/b").toFile().list()).containsExactly("status.json");
    }

    @Test
    void a_file_is_for_its_owner_only() throws Exception {
        Path file = folder.resolve("status.json");

        DurableFiles.write(file, "text");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void the_longest_name_a_file_system_takes_can_be_written() throws Exception {
        Path file = folder.resolve("n".repeat(255));

        DurableFiles.write(file, "text");

        assertThat(file).hasContent("text");
    }

    @Test
    void a_reader_sees_the_old_content_or_the_new_but_never_a_part() throws Exception {
        Path file = folder.resolve("status.json");
        String first = "1".repeat(100_000);
        String second = "2".repeat(100_000);
        DurableFiles.write(file, first);
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<?> writing = writer.submit(() -> {
                for (int i = 0; i < WRITES; i++) {
                    DurableFiles.write(file, i % 2 == 0 ? second : first);
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

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> DurableFiles.write(file, "text"));

        assertThat(folder.toFile().list()).containsExactly("taken");
    }

    @Test
    void a_link_in_the_place_of_the_file_is_replaced_and_not_followed() throws Exception {
        Path precious = Files.writeString(folder.resolve("precious"), "kept");
        Path link = Files.createSymbolicLink(folder.resolve("status.json"), precious);

        DurableFiles.write(link, "text");

        assertThat(precious).hasContent("kept");
        assertThat(link).isRegularFile().hasContent("text");
        assertThat(Files.isSymbolicLink(link)).isFalse();
    }

    @Test
    void a_file_of_two_names_is_replaced_and_not_written_into() throws Exception {
        Path precious = Files.writeString(folder.resolve("precious"), "kept");
        Path link = Files.createLink(folder.resolve("status.json"), precious);

        DurableFiles.write(link, "text");

        assertThat(precious).hasContent("kept");
        assertThat(link).hasContent("text");
    }

    @Test
    void a_name_that_is_taken_is_kept_even_if_it_leads_nowhere() throws Exception {
        Path taken = Files.writeString(folder.resolve("taken"), "theirs");
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nowhere"));

        assertThat(DurableFiles.create(taken, bytes("mine"))).isFalse();
        assertThat(DurableFiles.create(dangling, bytes("mine"))).isFalse();

        assertThat(taken).hasContent("theirs");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("taken", "dangling");
    }

    @Test
    void of_many_who_create_a_file_one_wins_and_its_content_stays() throws Exception {
        Path file = folder.resolve("record");
        ExecutorService racers = Executors.newFixedThreadPool(RACERS);
        try {
            List<Callable<Boolean>> callers = IntStream.range(0, RACERS)
                    .<Callable<Boolean>>mapToObj(i -> () -> DurableFiles.create(file, bytes("racer " + i)))
                    .toList();
            int winner = -1;
            List<Future<Boolean>> outcomes = racers.invokeAll(callers);
            for (int i = 0; i < RACERS; i++) {
                if (outcomes.get(i).get()) {
                    assertThat(winner).isEqualTo(-1);
                    winner = i;
                }
            }
            assertThat(file).hasContent("racer " + winner);
            assertThat(Files.getAttribute(file, "unix:nlink")).isEqualTo(1);
        } finally {
            racers.shutdownNow();
        }
    }

    @Test
    void what_was_staged_and_got_no_name_is_removed() throws Exception {
        Path file = folder.resolve("snapshot");

        try (StagedFile staged = DurableFiles.stage(file, bytes("text"))) {
            assertThat(staged).isNotNull();
            assertThat(file).doesNotExist();
            assertThat(folder.toFile().list()).hasSize(1);
        }

        assertThat(folder.toFile().list()).isEmpty();
    }

    @Test
    void what_a_crash_left_is_swept_and_nothing_else() throws Exception {
        Path left = DurableFiles.folderOf(folder.resolve("x")).resolve(DurableFiles.temporaryName());
        Files.writeString(left, "half");
        Files.writeString(folder.resolve("own.tmp"), "kept");
        Files.createDirectory(folder.resolve(".folder.tmp"));
        Files.createSymbolicLink(folder.resolve(".link.tmp"), folder.resolve("own.tmp"));

        DurableFiles.sweep(folder);
        DurableFiles.sweep(folder.resolve("absent"));

        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("own.tmp", ".folder.tmp", ".link.tmp");
    }

    @Test
    void what_an_earlier_process_left_is_removed_but_not_what_this_one_is_writing() throws Exception {
        String left = ".0123456789abcdef0123456789abcdef0123.tmp";
        Files.writeString(folder.resolve(left), "half");
        Files.writeString(folder.resolve(".settings.tmp"), "somebody's own");
        Files.createDirectory(folder.resolve(left.replace('0', '1')));
        Path file = folder.resolve("file");
        try (StagedFile staged = DurableFiles.stage(file, bytes("whole"))) {
            DurableFiles.sweepEarlier(folder);

            staged.replace();
        }
        DurableFiles.sweepEarlier(folder.resolve("absent"));
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        DurableFiles.sweepEarlier(pipe);
        Files.delete(pipe);
        DurableFiles.sweepEarlier(file);

        assertThat(file).hasContent("whole");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("file", ".settings.tmp", left.replace('0', '1'));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_folder_that_is_kept_is_not_made_again_by_whatever_is_written_below_it() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), data);
        try (KeptFolders.Kept kept = KeptFolders.keep(link)) {
            assertThat(kept).isNotNull();
            DurableFiles.createDirectories(data.resolve("runs"));
            Files.delete(data.resolve("runs"));
            Files.delete(data);

            assertThatExceptionOfType(StorageFaultException.class)
                    .isThrownBy(() -> DurableFiles.write(data.resolve("runs/status.json"), "text"));
            assertThatExceptionOfType(StorageFaultException.class)
                    .isThrownBy(() -> DurableFiles.create(data.resolve("status.json"), new byte[0]));
            assertThatExceptionOfType(NoSuchFileException.class)
                    .isThrownBy(() -> DurableFiles.createDirectories(data.resolve("runs")));
            assertThatExceptionOfType(NoSuchFileException.class)
                    .isThrownBy(() -> DurableFiles.createDirectoriesUnsynced(link.resolve("runs/one")));
            assertThat(data).doesNotExist();
        }
        assertThat(DurableFiles.createDirectoriesUnsynced(data.resolve("runs"))).isDirectory();
    }
}
