package skillrunner.embedding.engine;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import skillrunner.application.engine.Engines;
import skillrunner.application.engine.SignInRenewal;
import skillrunner.application.engine.TrustedFolders;
import skillrunner.embedding.settings.EngineSettings;
import skillrunner.embedding.settings.StorageSettings;
import skillrunner.process.binaries.InstalledBinaries;
import skillrunner.process.installs.CliInstaller;
import skillrunner.process.installs.InstallSettings;
import skillrunner.workspace.home.FilesystemAgentHome;

/**
 * What everything stands on that has to do with engines.
 *
 * @param engines the engines there are
 * @param binaries where their CLIs are
 * @param home the CLIs' home
 * @param installer installs them
 * @param renewal renews what they are signed in with
 */
public record EngineParts(
        Engines engines,
        InstalledBinaries binaries,
        FilesystemAgentHome home,
        CliInstaller installer,
        SignInRenewal renewal) {
    /** Refuses null parts. */
    public EngineParts {
        Objects.requireNonNull(engines);
        Objects.requireNonNull(binaries);
        Objects.requireNonNull(home);
        Objects.requireNonNull(installer);
        Objects.requireNonNull(renewal);
    }

    /**
     * Puts them together. Touches no file.
     *
     * @param engines the engines there are
     * @param storage where things are kept
     * @param settings how engines are used
     * @param environment variables of this process
     * @param clock tells the time
     * @param renewal renews what engines are signed in with
     * @return the parts
     */
    public static EngineParts of(
            Engines engines,
            StorageSettings storage,
            EngineSettings settings,
            Map<String, String> environment,
            Clock clock,
            SignInRenewal renewal) {
        InstalledBinaries binaries = new InstalledBinaries(storage.npmPrefix(), storage.agentHome(), environment);
        InstallSettings installs = new InstallSettings(
                storage.npmPrefix(), storage.userHome(), settings.packages(), settings.upgradeLimit());
        return new EngineParts(
                engines,
                binaries,
                new FilesystemAgentHome(storage.agentHome()),
                new CliInstaller(installs, binaries, clock),
                renewal);
    }

    /**
     * Returns the folders in which engines work without asking.
     *
     * @return them, as the home of the CLIs has them
     */
    public TrustedFolders trusted() {
        return new TrustedFolders(engines, home);
    }
}
