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
    private final EngineRemedies remedies;

    public VersionSupport(Engines engines, EngineRemedies remedies) {
        this.engines = Objects.requireNonNull(engines);
        this.remedies = Objects.requireNonNull(remedies);
    }

    /**
     * Says why runs on a version are refused, and what people do about it.
     *
     * @param engine the engine
     * @param version what its CLI says of itself
     * @return sentences for people, or empty if the version can be driven
     */
    public Optional<String> objection(EngineId engine, CliVersion version) {
        KnownMajors known = engines.knownMajors(engine);
        if (known.include(version)) {
            return Optional.empty();
        }
        return Optional.of("The CLI of the engine '" + engine + "' has version " + version
                + ", and only these major versions can be driven: " + known + ". "
                + remedies.ofUnknownVersion(engine));
    }
}
