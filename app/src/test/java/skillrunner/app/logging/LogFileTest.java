package skillrunner.app.logging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LogFileTest {
    @TempDir
    private Path folder;

    @Test
    void what_the_file_holds_stays() throws Exception {
        Path file = Files.writeString(folder.resolve("log"), "of the crash\n");
        append(LogFile.open(file), "after it");
        assertThat(file).hasContent("of the crash\nafter it\n");
    }

    @Test
    void a_file_that_was_moved_away_is_made_anew_with_the_next_line() throws Exception {
        Path file = folder.resolve("log");
        LogFile log = LogFile.open(file);
        append(log, "one");
        Files.move(file, folder.resolve("log.1"));
        append(log, "two");
        assertThat(folder.resolve("log.1")).hasContent("one\n");
        assertThat(file).hasContent("two\n");
    }

    @Test
    void a_file_that_was_moved_and_made_by_the_rotation_is_taken() throws Exception {
        Path file = folder.resolve("log");
        LogFile log = LogFile.open(file);
        append(log, "one");
        Files.move(file, folder.resolve("log.1"));
        Files.createFile(file);
        append(log, "two");
        assertThat(file).hasContent("two\n");
    }

    @Test
    void a_file_that_was_deleted_is_made_anew() throws Exception {
        Path file = folder.resolve("log");
        LogFile log = LogFile.open(file);
        append(log, "one");
        Files.delete(file);
        append(log, "two");
        assertThat(file).hasContent("two\n");
    }

    @Test
    void a_file_that_was_copied_and_emptied_goes_on_at_its_new_end() throws Exception {
        Path file = folder.resolve("log");
        LogFile log = LogFile.open(file);
        append(log, "one");
        Files.write(file, new byte[0]);
        append(log, "two");
        assertThat(file).hasContent("two\n");
    }

    @Test
    void while_no_new_file_can_be_made_lines_go_to_the_old_one_and_the_fault_is_told() throws Exception {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        Path file = logs.resolve("log");
        LogFile log = LogFile.open(file);
        append(log, "one");
        Path aside = Files.move(logs, folder.resolve("aside"));
        assertThatThrownBy(() -> append(log, "two")).isInstanceOf(IOException.class);
        assertThat(aside.resolve("log")).hasContent("one\ntwo\n");

        Files.createDirectory(logs);
        append(log, "three");
        assertThat(file).hasContent("three\n");
    }

    @Test
    void two_programs_that_share_a_file_keep_each_line_whole() throws Exception {
        Path file = folder.resolve("log");
        List<LogFile> programs = List.of(LogFile.open(file), LogFile.open(file));
        String line = "x".repeat(3000);
        IntStream.range(0, 400).parallel().forEach(n -> {
            try {
                append(programs.get(n % 2), line);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(Files.readAllLines(file)).hasSize(400).containsOnly(line);
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_path_that_can_not_be_appended_to_is_refused_with_its_reason() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> LogFile.open(pipe)).hasMessageContaining("pipe");
        assertThatThrownBy(() -> LogFile.open(folder)).hasMessageContaining("folder");
        assertThatThrownBy(() -> LogFile.open(folder.resolve("none/log"))).hasMessageContaining("does not exist");
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> LogFile.open(file.resolve("log"))).isInstanceOf(IOException.class);
        Path full = Path.of("/dev/full");
        if (Files.exists(full)) {
            assertThatThrownBy(() -> LogFile.open(full)).hasMessageContaining("takes no writes");
        }
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_pipe_that_took_the_place_of_the_file_is_not_waited_for() throws Exception {
        Path file = folder.resolve("log");
        LogFile log = LogFile.open(file);
        Path old = Files.move(file, folder.resolve("old"));
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();

        assertThatThrownBy(() -> append(log, "kept")).hasMessageContaining("pipe");
        assertThat(old).hasContent("kept\n");

        Files.delete(file);
        append(log, "anew");
        assertThat(file).hasContent("anew\n");
    }

    private static void append(LogFile log, String line) throws IOException {
        log.append((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
