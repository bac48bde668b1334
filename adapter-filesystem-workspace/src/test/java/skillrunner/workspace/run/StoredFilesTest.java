package skillrunner.workspace.run;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.storage.StoredBytes;
import skillrunner.application.storage.UnavailableException;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StoredFilesTest {
    @TempDir
    private Path folder;

    @Test
    void what_the_machine_refuses_to_open_is_not_there_now_and_not_lost() throws Exception {
        Path file = Files.writeString(folder.resolve("result.json"), "{}");
        StoredBytes stored = StoredFiles.find(file).orElseThrow();
        Files.delete(file);

        // A socket can be refused in every environment, also to root; a file without a descriptor left in few.
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(file));
            assertThatThrownBy(() -> stored.open(0)).isInstanceOf(UnavailableException.class);
        }
    }

    @Test
    void what_went_away_is_lost() throws Exception {
        Path file = Files.writeString(folder.resolve("result.json"), "{}");
        StoredBytes stored = StoredFiles.find(file).orElseThrow();
        Files.delete(file);

        assertThatThrownBy(() -> stored.open(0)).isInstanceOf(NoSuchFileException.class);
    }
}
