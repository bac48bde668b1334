package skillrunner.application.model;

import java.time.Duration;
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
     * Tells a version on which something may be refused, without waiting for a CLI longer than a limit. One that is not
     * known yet is asked meanwhile, so that a later call knows it.
     *
     * @param engine the engine
     * @param patience how long to wait if the version is not known; zero does not wait at all
     * @return the version, or empty if it is not known yet, if there is no CLI or if it is not {@linkplain
     *     skillrunner.domain.engine.VersionStatement#evident evident}
     */
    default Optional<CliVersion> evident(EngineId engine, Duration patience) {
        return detect(engine);
    }

    /**
     * Begins to ask the CLIs whose versions are not known, one beside the other. Does not wait.
     *
     * @param engines the engines that will be asked for
     */
    default void ahead(Collection<EngineId> engines) {
        // Who remembers nothing has nothing to ask ahead for.
    }
}
