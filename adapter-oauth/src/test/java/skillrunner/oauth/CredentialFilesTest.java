package skillrunner.oauth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.files.StagedFile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CredentialFilesTest {
    @TempDir
    Path home;

    @Test
    void what_was_written_before_the_fault_is_taken_back() throws IOException {
        Files.writeString(home.resolve("old.json"), "{\"a\":1}");
        CredentialFiles files = new CredentialFiles(home);
        assertThatThrownBy(() -> files.write(set("old.json"), set("new.json"), becomingAFolder("last.json")))
                .isInstanceOf(StorageFaultException.class);
        assertThat(Files.readString(home.resolve("old.json"))).isEqualTo("{\"a\":1}");
        assertThat(names()).containsExactlyInAnyOrder("old.json", "last.json", ".last.json.skill-runner.lock");
    }

    @Test
    void two_servers_on_one_home_lose_nothing_of_each_other() {
        List<CompletableFuture<Void>> writers = IntStream.range(0, 8)
                .mapToObj(number -> CompletableFuture.runAsync(() -> new CredentialFiles(home)
                        .write(new CredentialFiles.Rewrite("auth.json", present -> present.put("p" + number, true)))))
                .toList();
        writers.forEach(CompletableFuture::join);
        assertThat(Json.parse(read("auth.json")).orElseThrow().size()).isEqualTo(8);
    }

    @Test
    void what_another_server_writes_meanwhile_is_read_under_the_lock() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Void> writer;
        Path lock = home.resolve(".auth.json.skill-runner.lock");
        try (FileChannel other = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = other.lock()) {
            assertThat(held.isValid()).isTrue();
            writer = CompletableFuture.runAsync(() -> {
                begun.countDown();
                new CredentialFiles(home)
                        .write(new CredentialFiles.Rewrite("auth.json", present -> present.put("mine", 1)));
            });
            begun.await();
            Files.writeString(home.resolve("auth.json"), "{\"theirs\":1}");
        }
        writer.join();
        assertThat(Json.parse(read("auth.json")).orElseThrow().toString()).isEqualTo("{\"theirs\":1,\"mine\":1}");
    }

    @Test
    void what_is_no_file_is_named_and_left() throws IOException {
        Files.createDirectory(home.resolve("auth.json"));
        assertThatThrownBy(() -> new CredentialFiles(home).write(set("auth.json")))
                .hasMessage("'auth.json' was left as it is, since it is a folder; mend or remove it first");
        assertThat(home.resolve("auth.json")).isDirectory();
    }

    @Test
    void a_link_is_replaced_and_not_followed() throws IOException {
        Path elsewhere = Files.writeString(home.resolve("elsewhere"), "{\"a\":1}");
        Files.createSymbolicLink(home.resolve("auth.json"), elsewhere);
        new CredentialFiles(home).write(set("auth.json"));
        assertThat(Files.readString(elsewhere)).isEqualTo("{\"a\":1}");
        assertThat(Files.isSymbolicLink(home.resolve("auth.json"))).isFalse();
    }

    /** As one that is mounted by itself; the fault comes from the kernel, which nobody can be made to be here. */
    @Test
    void a_file_whose_name_can_not_be_given_away_is_written_over() throws IOException {
        Path file = Files.writeString(home.resolve("auth.json"), "the old content, which is longer");
        CredentialFiles.replace(new Busy(), file, "new".getBytes(StandardCharsets.UTF_8));
        assertThat(file).hasContent("new");

        Path folder = Files.createDirectory(home.resolve("folder"));
        assertThatThrownBy(() -> CredentialFiles.replace(new Busy(), folder, new byte[0]))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("busy");
    }

    /** What the kernel does not give a name. */
    private static final class Busy implements StagedFile {
        @Override
        public boolean publish() {
            return false;
        }

        @Override
        public void replace() throws IOException {
            throw new FileSystemException("auth.json", null, "it is busy");
        }

        @Override
        public void close() {}
    }

    /** What a folder has the name of can't be replaced by a file, and that shows only when names are given. */
    private CredentialFiles.Rewrite becomingAFolder(String path) {
        return new CredentialFiles.Rewrite(path, present -> {
            try {
                Files.createDirectories(home.resolve(path).resolve("in"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return present;
        });
    }

    private static CredentialFiles.Rewrite set(String path) {
        return new CredentialFiles.Rewrite(path, present -> present.put("set", true));
    }

    private byte[] read(String name) {
        try {
            return Files.readAllBytes(home.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.map(it -> it.getFileName().toString()).toList();
        }
    }
}
