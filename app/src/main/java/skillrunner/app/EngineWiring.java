package skillrunner.app;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import skillrunner.app.settings.EngineSettings;
import skillrunner.app.settings.StorageSettings;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.Engines;
import skillrunner.application.engine.TrustedFolders;
import skillrunner.domain.engine.EngineId;
import skillrunner.process.binaries.InstalledBinaries;
import skillrunner.process.installs.CliInstaller;
import skillrunner.process.installs.InstallSettings;
import skillrunner.workspace.home.FilesystemAgentHome;

/**
 * What every command needs that has to do with engines.
 *
 * @param engines the engines there are
 * @param binaries where their CLIs are
 * @param home the CLIs' home
 * @param installer installs them
 */
public record EngineWiring(
        Engines engines, InstalledBinaries binaries, FilesystemAgentHome home, CliInstaller installer) {

    /**
     * Finds the engines on the class path.
     *
     * @param storage where things are kept
     * @param settings which engines are used and how
     * @param environment variables of this process
     * @return the parts
     */
    public static EngineWiring of(StorageSettings storage, EngineSettings settings, Map<String, String> environment) {
        Engines engines = engines(settings);
        InstalledBinaries binaries = new InstalledBinaries(storage.npmPrefix(), storage.agentHome(), environment);
        InstallSettings installs = new InstallSettings(
                storage.npmPrefix(),
                storage.userHome(),
                settings.packages().of(engines.known()),
                settings.upgradeLimit());
        return new EngineWiring(
                engines,
                binaries,
                new FilesystemAgentHome(storage.agentHome()),
                new CliInstaller(installs, binaries, Clock.systemUTC()));
    }

    /** The folders in which engines work without asking. */
    TrustedFolders trusted() {
        return new TrustedFolders(engines, home);
    }

    /**
     * Finds the engines on the class path.
     *
     * @param settings which of them are used
     * @return the engines
     */
    public static Engines engines(EngineSettings settings) {
        List<EngineCli> clis = load(EngineCli.class);
        List<EngineDriver> drivers = load(EngineDriver.class);
        List<EngineId> known = new Engines(clis, drivers, settings.named()).known();
        settings.checkAgainst(known);
        return new Engines(clis, drivers, settings.named(), settings.variables().of(known));
    }

    private static <T> List<T> load(Class<T> type) {
        return ServiceLoader.load(type).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
