package skillrunner.app.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Read in the sources, since the texts of a class can't be asked for. */
class KernelFilesTest {
    private static final Path REPOSITORY =
            Path.of(Objects.requireNonNull(System.getProperty("skillrunner.repository")));

    @Test
    void only_these_look_into_proc() throws IOException {
        List<String> found;
        try (Stream<Path> modules = Files.list(REPOSITORY)) {
            found = modules.filter(module -> module.getFileName().toString().matches("app|embedding|(core|adapter)-.*"))
                    .filter(module -> !module.endsWith("core-testkit"))
                    .map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(KernelFilesTest::sources)
                    .filter(KernelFilesTest::namesProc)
                    .map(source -> source.getFileName().toString().replace(".java", ""))
                    .sorted()
                    .toList();
        }

        assertThat(found)
                .as(
                        "process identity is the room skillrunner.process.table; held folders and the own user are skillrunner.files")
                .containsExactly(
                        "LinuxCalls", "LinuxFolder", "MachineProbe", "OwnUser", "ProcFilesystem", "StandardStreams");
    }

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean namesProc(Path source) {
        try {
            return Files.readString(source).contains("\"/proc");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
