package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real CLIs, installed from npm into a cache folder of the user that is kept between builds. Versions are pinned, so that a
 * build is judged by the same CLI everywhere.
 */
public final class RealCli {
    private RealCli() {}

    /** Returns the npm prefix that holds a version of a CLI, installing it first if needed. */
    public static Path npmPrefix(String program, String npmPackage, String version)
            throws IOException, InterruptedException {
        Path cache = Files.createDirectories(cache());
        Path prefix = cache.resolve(program + "-" + version);
        if (!Files.isExecutable(prefix.resolve("bin").resolve(program))) {
            // Only a whole installation gets the final name, whoever is first if several builds do this at once.
            Path fresh = Files.createTempDirectory(cache, "installing");
            install(fresh, program, npmPackage + "@" + version);
            try {
                Files.move(fresh, prefix, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
                assertThat(prefix.resolve("bin").resolve(program)).isExecutable();
            }
        }
        return prefix;
    }

    private static void install(Path prefix, String program, String npmPackage)
            throws IOException, InterruptedException {
        Path log = prefix.resolve("npm.log");
        int code = new ProcessBuilder(List.of("npm", "install", "--global", "--prefix", prefix.toString(), npmPackage))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("the CLI '" + program
                    + "' could not be installed with npm (Node.js with npm and its registry are needed):\n"
                    + Files.readString(log));
        }
    }

    private static Path cache() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return base.resolve("skill-runner/test-cli");
    }
}
