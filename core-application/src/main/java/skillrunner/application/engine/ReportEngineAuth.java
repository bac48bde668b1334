package skillrunner.application.engine;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;

/** Says where the engines' CLIs are and whether they are signed in. Looks at files only: no model is called. */
public final class ReportEngineAuth {
    private final Engines engines;
    private final EngineBinaries binaries;
    private final AgentHome home;
    private final SignInRenewal renewal;
    private final Clock clock;

    public ReportEngineAuth(
            Engines engines, EngineBinaries binaries, AgentHome home, SignInRenewal renewal, Clock clock) {
        this.engines = Objects.requireNonNull(engines);
        this.binaries = Objects.requireNonNull(binaries);
        this.home = Objects.requireNonNull(home);
        this.renewal = Objects.requireNonNull(renewal);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Reports on all engines.
     *
     * @return engine to report, in canonical order
     */
    public Map<EngineId, EngineAuth> report() {
        Map<EngineId, EngineAuth> all = new LinkedHashMap<>();
        engines.clis().forEach(cli -> all.put(cli.engine(), report(cli)));
        return all;
    }

    /**
     * Reports on one engine.
     *
     * @param engine the engine
     * @return the report; of an engine nothing is known about, that there is nothing
     */
    public EngineAuth report(EngineId engine) {
        return engines.cli(engine)
                .map(this::report)
                .orElseGet(() -> new EngineAuth(
                        new CliLocation(Optional.empty(), Optional.empty()),
                        Map.of(),
                        false,
                        SignInLife.UNKNOWN,
                        false));
    }

    /**
     * Tells whether an engine is ready, without reading how long its sign-in lasts: cheap enough to be asked again and again.
     *
     * @param engine the engine
     * @return whether its CLI is there and nothing of its sign-in is missing
     */
    public boolean ready(EngineId engine) {
        return engines.cli(engine)
                .filter(cli -> isReady(cli, binaries.locate(cli.binaryNames())))
                .isPresent();
    }

    private EngineAuth report(EngineCli cli) {
        CliLocation location = binaries.locate(cli.binaryNames());
        Map<String, Boolean> files = new LinkedHashMap<>();
        cli.credentials().forEach(file -> files.put(file.name(), home.holds(file.path())));
        SignInLife life = cli.signInLife(home);
        if (renewal.isRefused(cli.engine())) {
            // The present access may have minutes left, which help nobody.
            Optional<Instant> ended =
                    life.expiresAt().filter(end -> !clock.instant().isBefore(end));
            return new EngineAuth(location, files, isReady(cli, location), new SignInLife(ended, false), true);
        }
        return new EngineAuth(location, files, isReady(cli, location), life, life.isOver(clock.instant()));
    }

    private boolean isReady(EngineCli cli, CliLocation location) {
        return location.effective().isPresent() && cli.signedIn(home);
    }
}
