package skillrunner.application.model;

import java.util.Optional;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;

/** Tells the versions of the installed CLIs. Implementations are safe for concurrent use. */
@FunctionalInterface
public interface CliVersions {
    /**
     * Asks an engine's CLI for its version, or remembers its answer. May block for seconds.
     *
     * @param engine the engine
     * @return the version, or empty if there is no CLI or it does not tell
     */
    Optional<CliVersion> detect(EngineId engine);
}
