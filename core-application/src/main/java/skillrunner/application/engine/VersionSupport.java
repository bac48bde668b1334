package skillrunner.application.engine;

import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.KnownMajors;

/**
 * Tells which versions of a CLI can be driven. A CLI of another major version has other options and other output: a run on
 * it would fail in a way that nobody understands, or do what nobody asked for. Immutable.
 */
public final class VersionSupport {
    private final Engines engines;

    /**
     * Takes its collaborators.
     *
     * @param engines the engines there are
     */
    public VersionSupport(Engines engines) {
        this.engines = Objects.requireNonNull(engines);
    }

    /**
     * Returns the major versions that can be driven.
     *
     * @param engine the engine
     * @return them; all if nobody drives the engine, which is then told in another way
     */
    public KnownMajors known(EngineId engine) {
        return engines.driver(engine).map(EngineDriver::knownMajors).orElse(KnownMajors.ALL);
    }

    /**
     * Says why runs on a version are refused, and what mends it.
     *
     * @param engine the engine
     * @param version what its CLI says of itself
     * @return sentences for people, or empty if the version can be driven
     */
    public Optional<String> objection(EngineId engine, CliVersion version) {
        KnownMajors known = known(engine);
        if (known.include(version)) {
            return Optional.empty();
        }
        return Optional.of("The CLI of the engine '" + engine + "' has version " + version
                + ", and only these major versions can be driven: " + known + ". " + remedy(engine));
    }

    /**
     * Says what mends it.
     *
     * @param engine the engine
     * @return a sentence for people
     */
    public String remedy(EngineId engine) {
        return "Go back to an earlier version on the page /ui/engines, or name a version that is known in"
                + " SKILL_RUNNER_NPM_PACKAGE_"
                + engine.inVariables() + " and upgrade";
    }
}
