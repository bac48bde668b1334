package skillrunner.acceptance;

import java.nio.file.Path;
import java.util.Objects;

/** Where the sources lie, and with them the launcher and the distribution. */
public final class Repository {
    private Repository() {}

    public static Path root() {
        return Path.of(Objects.requireNonNull(System.getProperty("skillrunner.repository"), "started without Maven"));
    }

    public static Path launcher() {
        return root().resolve("scripts/skill-runner");
    }
}
