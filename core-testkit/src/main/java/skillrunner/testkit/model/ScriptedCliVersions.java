package skillrunner.testkit.model;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import skillrunner.application.model.CliVersions;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;

/** CLIs of which a test says the version; the others are not installed. Safe for concurrent use. */
public final class ScriptedCliVersions implements CliVersions {
    private final Map<EngineId, CliVersion> versions = new ConcurrentHashMap<>();

    /**
     * Installs a CLI.
     *
     * @param engine the engine
     * @param version what it says of itself
     */
    public void install(EngineId engine, String version) {
        versions.put(engine, new CliVersion(version));
    }

    /**
     * Removes a CLI.
     *
     * @param engine the engine
     */
    public void uninstall(EngineId engine) {
        versions.remove(engine);
    }

    @Override
    public Optional<CliVersion> detect(EngineId engine) {
        return Optional.ofNullable(versions.get(engine));
    }
}
