package skillrunner.process.installs;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import skillrunner.application.engine.Engines;
import skillrunner.application.engine.InstalledVersion;
import skillrunner.application.engine.InstalledVersions;
import skillrunner.domain.engine.EngineId;

/** The versions that {@link CliInstaller} keeps. */
public final class SideBySideVersions implements InstalledVersions {
    private final Engines engines;
    private final CliInstaller installer;

    public SideBySideVersions(Engines engines, CliInstaller installer) {
        this.engines = Objects.requireNonNull(engines);
        this.installer = Objects.requireNonNull(installer);
    }

    @Override
    public List<InstalledVersion> list(EngineId engine) {
        return engines.cli(engine).map(installer::list).orElse(List.of());
    }

    /**
     * {@inheritDoc}
     *
     * @throws UncheckedIOException if the link can't be replaced; the current version stays
     */
    @Override
    public Rollback rollBack(EngineId engine) {
        return engines.cli(engine).map(installer::rollBack).orElse(new Rollback.NoEarlierVersion());
    }
}
