package skillrunner.acceptance;

import java.nio.file.Path;
import java.util.Objects;

/** Where the sources lie, and with them the launcher and the distribution. */
final class Repository {
    private Repository() {}

    static Path root() {
        return Path.of(Objects.requireNonNull(System.getProperty("skillrunner.repository"), "started without Maven"));
    }

    static Path launcher() {
        return root().resolve("scripts/skill-runner");
    }
}
