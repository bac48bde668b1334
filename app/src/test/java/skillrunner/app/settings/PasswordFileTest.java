package skillrunner.app.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PasswordFileTest {
    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_pipe_is_read_if_somebody_writes_into_it_and_not_waited_for_for_ever(@TempDir Path folder) throws Exception {
        Path fed = folder.resolve("fed");
        Path forgotten = folder.resolve("forgotten");
        assertThat(new ProcessBuilder("mkfifo", fed.toString(), forgotten.toString())
                        .start()
                        .waitFor())
                .isZero();
        CompletableFuture<Path> writing = CompletableFuture.supplyAsync(() -> {
            try {
                return Files.writeString(fed, "secret\n");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(PasswordFile.read(fed, Duration.ofMinutes(1))).isEqualTo("secret");
        writing.join();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> PasswordFile.read(forgotten, Duration.ZERO))
                .withMessage("nobody writes the password into it within 0 seconds");
    }
}
