package skillrunner.app.logging;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StandardStreamsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"/dev/stdout", "/dev/stderr", "/dev/fd/1", "/proc/self/fd/2", "/dev/../dev/stdout"})
    void a_stream_is_found_by_the_names_that_systems_give_it_and_through_links(String name) throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("server.log"), Path.of(name));
        Files.createSymbolicLink(folder.resolve("other.log"), Path.of("server.log"));

        assertThat(StandardStreams.named(Path.of(name))).isPresent();
        assertThat(StandardStreams.named(link)).isPresent();
        assertThat(StandardStreams.named(folder.resolve("other.log"))).isPresent();
    }

    @Test
    void whatever_else_a_path_names_is_no_stream() throws Exception {
        Files.createSymbolicLink(folder.resolve("one"), Path.of("two"));
        Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));

        for (Path path : new Path[] {
            folder,
            folder.resolve("absent"),
            folder.resolve("one"),
            Files.createFile(folder.resolve("file")),
            Path.of("/dev/stdin"),
            Path.of("/dev/null")
        }) {
            assertThat(StandardStreams.named(path)).as(path.toString()).isEmpty();
        }
    }
}
