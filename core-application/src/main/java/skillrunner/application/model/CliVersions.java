package skillrunner.application.model;

import java.util.Collection;
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

    /**
     * Begins to ask the CLIs whose versions are not known, one beside the other. Does not wait.
     *
     * @param engines the engines that will be asked for
     */
    default void ahead(Collection<EngineId> engines) {
        // Who remembers nothing has nothing to ask ahead for.
    }
}
