package skillrunner.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

class LaunchEnvironmentTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @TempDir
    private Path folder;

    @Test
    void a_password_in_a_nameless_file_can_be_read_once() throws IOException {
        assumeThat(DESCRIPTORS).isDirectory();
        Path file = Files.writeString(folder.resolve("heredoc"), "s3cret\n").toRealPath();
        try (InputStream open = Files.newInputStream(file)) {
            Files.delete(file);
            Path descriptor = descriptorOf(file + " (deleted)");

            assertThat(LaunchEnvironment.take(descriptor)).isEqualTo("s3cret");

            assertThat(Files.readString(descriptor)).isEmpty();
            assertThat(open.read()).isEqualTo(-1);
        }
    }

    @Test
    void a_file_that_has_a_name_is_left_as_it_is() throws IOException {
        Path file = Files.writeString(folder.resolve("named"), "s3cret");

        assertThat(LaunchEnvironment.take(file)).isEqualTo("s3cret");
        assertThat(file).hasContent("s3cret");
    }

    private static Path descriptorOf(String target) throws IOException {
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            return all.filter(descriptor -> leadsTo(descriptor, target))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static boolean leadsTo(Path descriptor, String target) {
        try {
            return Files.readSymbolicLink(descriptor).toString().equals(target);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
