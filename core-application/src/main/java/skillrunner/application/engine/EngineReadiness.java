package skillrunner.application.engine;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

/**
 * Tells before a run is accepted whether its engine could carry it out. Waits for nothing but files. That a CLI
 * of a known version can run is believed for a second, anything else is looked at anew each time. Safe for concurrent use.
 */
public final class EngineReadiness {
    /** The warning about an engine whose CLI is certainly not signed in. */
    public static final String NOT_SIGNED_IN = "ENGINE_NOT_SIGNED_IN";

    private static final long BELIEVED_NANOS = 1_000_000_000L;

    private final Engines engines;
    private final EngineBinaries binaries;
    private final AgentHome home;
    private final EngineRemedies remedies;
    private final VersionSupport support;
    private final Function<EngineId, Optional<CliVersion>> versions;
    private final LongSupplier nanos;
    private final Map<EngineId, Looked> ready = new ConcurrentHashMap<>();

    private record Looked(long nanos, List<String> warnings) {}

    public EngineReadiness(
            Engines engines,
            EngineBinaries binaries,
            AgentHome home,
            EngineRemedies remedies,
            Function<EngineId, Optional<CliVersion>> versions,
            LongSupplier nanos) {
        this.engines = Objects.requireNonNull(engines);
        this.binaries = Objects.requireNonNull(binaries);
        this.home = Objects.requireNonNull(home);
        this.remedies = Objects.requireNonNull(remedies);
        this.support = new VersionSupport(engines, remedies);
        this.versions = Objects.requireNonNull(versions);
        this.nanos = Objects.requireNonNull(nanos);
    }

    /**
     * Looks at an engine.
     *
     * @param engine the engine
     * @return stable words about what may go wrong with a run
     * @throws RefusedException with {@link ErrorCode#ENGINE_NOT_INSTALLED} if its CLI is not installed, with {@link
     *     ErrorCode#ENGINE_VERSION_UNSUPPORTED} if it is known to be of a version that can't be driven
     */
    public List<String> warnings(EngineId engine) {
        long now = nanos.getAsLong();
        Looked last = ready.get(engine);
        if (last != null && now - last.nanos() < BELIEVED_NANOS) {
            return last.warnings();
        }
        EngineCli cli = engines.cli(engine)
                .filter(known -> binaries.find(known.binaryNames()).isPresent())
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.ENGINE_NOT_INSTALLED,
                        "The CLI of the engine '" + engine + "' is not installed. " + remedies.ofMissingCli(engine)));
        Optional<CliVersion> version = versions.apply(engine);
        version.flatMap(told -> support.objection(engine, told)).ifPresent(objection -> {
            throw new RefusedException(ErrorCode.ENGINE_VERSION_UNSUPPORTED, objection);
        });
        Predicate<String> given = variable -> !binaries.environment(Set.of(variable), Map.of())
                .getOrDefault(variable, "")
                .isEmpty();
        List<String> warnings = cli.signedOut(home, given) ? List.of(NOT_SIGNED_IN) : List.of();
        if (version.isPresent()) {
            ready.put(engine, new Looked(now, warnings));
        }
        return warnings;
    }
}
