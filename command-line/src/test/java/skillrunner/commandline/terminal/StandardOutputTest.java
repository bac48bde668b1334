package skillrunner.commandline.terminal;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class StandardOutputTest {
    @TempDir
    Path folder;

    @Test
    void a_file_and_a_device_keep_what_is_written() throws Exception {
        assertThat(StandardOutput.isStored(Files.createFile(folder.resolve("file"))))
                .isTrue();
        assertThat(StandardOutput.isStored(Path.of("/dev/null"))).isTrue();
    }

    @Test
    void a_pipe_has_a_reader_and_what_is_not_there_has_nothing() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThat(StandardOutput.isStored(pipe)).isFalse();
        assertThat(StandardOutput.isStored(folder.resolve("missing"))).isFalse();
    }
}
