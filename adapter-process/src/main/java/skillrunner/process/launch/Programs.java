package skillrunner.process.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Tools of the operating system, where it keeps them; never from a search path that others may have written to. */
final class Programs {
    private Programs() {}

    static Optional<String> find(String name) {
        return Stream.of("/usr/bin/", "/bin/", "/usr/local/bin/", "/opt/homebrew/bin/")
                .map(folder -> folder + name)
                .filter(program -> Files.isExecutable(Path.of(program)))
                .findFirst();
    }
}
