package skillrunner.application.overview;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import skillrunner.application.engine.EngineAuth;
import skillrunner.application.engine.Engines;
import skillrunner.application.engine.InstalledVersions;
import skillrunner.application.engine.ReportEngineAuth;
import skillrunner.application.model.CatalogueUnreadableException;
import skillrunner.application.model.CliVersions;
import skillrunner.application.model.ModelListing;
import skillrunner.application.model.ModelRegistry;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.SandboxStatus;
import skillrunner.domain.run.ProcessIsolation;

/** Puts together how the engines stand. One that can't be told in full does not keep the others back. */
public final class SummarizeEngines {
    private final Engines engines;
    private final CliVersions cliVersions;
    private final ReportEngineAuth auth;
    private final ModelRegistry models;
    private final InstalledVersions installed;
    private final Supplier<ProcessIsolation> isolation;

    public SummarizeEngines(
            Engines engines,
            CliVersions cliVersions,
            ReportEngineAuth auth,
            ModelRegistry models,
            InstalledVersions installed,
            Supplier<ProcessIsolation> isolation) {
        this.engines = Objects.requireNonNull(engines);
        this.cliVersions = Objects.requireNonNull(cliVersions);
        this.auth = Objects.requireNonNull(auth);
        this.models = Objects.requireNonNull(models);
        this.installed = Objects.requireNonNull(installed);
        this.isolation = Objects.requireNonNull(isolation);
    }

    /**
     * Summarizes all engines. The CLIs that have to be asked for their version are asked one beside the other.
     *
     * @return the engines in canonical order
     */
    public List<EngineOverview> all() {
        cliVersions.ahead(engines.known());
        return engines.known().stream().map(this::one).toList();
    }

    /**
     * Summarizes one engine.
     *
     * @param engine the engine
     * @return how it stands
     */
    public EngineOverview one(EngineId engine) {
        EngineAuth status = auth.report(engine);
        Optional<CliVersion> version = cliVersions.detect(engine);
        return new EngineOverview(
                engine,
                engines.inUse(engine),
                version,
                cliVersions
                        .evident(engine, Duration.ZERO)
                        .map(engines.knownMajors(engine)::include)
                        .orElse(true),
                status,
                engines.cli(engine).map(cli -> cli.sandbox(status.ready())).orElse(SandboxStatus.UNSUPPORTED),
                isolation.get(),
                listing(engine),
                installed.list(engine));
    }

    private Optional<ModelListing> listing(EngineId engine) {
        try {
            return Optional.of(models.list(engine));
        } catch (CatalogueUnreadableException e) {
            return Optional.empty();
        }
    }
}
