package skillrunner.embedding.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.storage.StoreUnusableException;
import skillrunner.domain.store.StoreMark;
import skillrunner.workspace.json.JacksonJson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StoreRecordTest {
    private final Path data;
    private final Path file;

    StoreRecordTest(@TempDir Path data) {
        this.data = data;
        this.file = data.resolve("store.json");
    }

    @Test
    void what_was_written_is_read() {
        StoreRecord written = new StoreRecord(Map.of("runs.db", new StoreMark("id", 2, 3)), true);
        written.write(data, new JacksonJson());

        assertThat(StoreRecord.read(data, new JacksonJson())).isEqualTo(written);
    }

    @Test
    void whatever_is_in_its_place_is_told_in_words_and_neither_waited_for_nor_kept_in_memory() throws Exception {
        Files.createDirectory(file);
        refused("it is a folder");
        assertThat(new ProcessBuilder("mkfifo", anew()).start().waitFor()).isZero();
        refused("it is no regular file");
        Files.createSymbolicLink(Path.of(anew()), Path.of("/dev/zero"));
        refused("it is no regular file");
        Files.createSymbolicLink(Path.of(anew()), file);
        refused("it is a link that leads to no file");
        Files.write(Path.of(anew()), new byte[] {'{', (byte) 0xFF, '}'});
        refused("it is no text in UTF-8");
        Files.write(Path.of(anew()), new byte[2 << 20]);
        refused("it is longer than 1048576 bytes");
        Files.writeString(Path.of(anew()), "[".repeat(300_000));
        refused("it is damaged");
        Files.writeString(Path.of(anew()), "{}");
        refused("it is damaged");
    }

    private String anew() throws IOException {
        Files.delete(file);
        return file.toString();
    }

    private void refused(String reason) {
        assertThatExceptionOfType(StoreUnusableException.class)
                .isThrownBy(() -> StoreRecord.read(data, new JacksonJson()))
                .withMessage(file + " can't be read: " + reason + "; delete it to accept the databases as they are");
    }
}
