package skillrunner.process.installs;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import skillrunner.application.engine.EngineCli;
import skillrunner.domain.engine.EngineId;

/**
 * How CLIs are installed.
 *
 * @param npmPrefix the managed npm prefix
 * @param userHome home folder of the operator, whose npm settings (registry, proxy) hold
 * @param packages npm packages that are installed instead of an engine's own
 * @param limit how long one installation may take
 */
public record InstallSettings(Path npmPrefix, Path userHome, Map<EngineId, String> packages, Duration limit) {
    /** Copies the map and refuses null parts. */
    public InstallSettings {
        Objects.requireNonNull(npmPrefix);
        Objects.requireNonNull(userHome);
        packages = Map.copyOf(packages);
        Objects.requireNonNull(limit);
    }

    String packageOf(EngineCli cli) {
        return packages.getOrDefault(cli.engine(), cli.npmPackage());
    }
}
