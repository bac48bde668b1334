package skillrunner.app.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything that can be configured, read once at start.
 *
 * @param access where to listen and for whom
 * @param archives how large uploaded archives may be
 * @param legacy how old addresses are answered
 * @param storage where things are kept
 * @param engines which engines are used and how
 * @param signIns how engines are signed in
 * @param terminals how engines are shown in a terminal
 * @param processes how the processes of runs are kept together
 * @param runs limits of runs
 * @param tempSkills skills that come with a single request
 * @param retention how long what runs leave is kept
 * @param log where log lines go
 */
public record Settings(
        AccessSettings access,
        ArchiveSettings archives,
        LegacySettings legacy,
        StorageSettings storage,
        EngineSettings engines,
        SignInSettings signIns,
        TerminalSettings terminals,
        ProcessSettings processes,
        RunLimits runs,
        TempSkillSettings tempSkills,
        RetentionSettings retention,
        LogSettings log) {

    /** Every variable there is, in the order of the documentation. */
    public static final List<Variable> VARIABLES = Stream.of(
                    AccessSettings.VARIABLES,
                    ArchiveSettings.VARIABLES,
                    BasicAuthSettings.VARIABLES,
                    LegacySettings.VARIABLES,
                    StorageSettings.VARIABLES,
                    EngineSettings.VARIABLES,
                    SignInSettings.VARIABLES,
                    TerminalSettings.VARIABLES,
                    ProcessSettings.VARIABLES,
                    RunLimits.VARIABLES,
                    TempSkillSettings.VARIABLES,
                    RetentionSettings.VARIABLES,
                    LogSettings.VARIABLES,
                    ExampleClientOptions.VARIABLES)
            .flatMap(List::stream)
            .toList();

    /**
     * Reads the settings.
     *
     * @param environment the variables
     * @param installation root of the installation
     * @param accountHome home folder of the user, unless the environment names another
     * @return the settings
     * @throws BadSettingException for the first value that can't be used
     */
    public static Settings read(Map<String, String> environment, Path installation, Path accountHome) {
        EnvironmentReader reader = new EnvironmentReader(environment);
        StorageSettings storage = StorageSettings.read(reader, installation, accountHome);
        return new Settings(
                AccessSettings.read(reader),
                ArchiveSettings.read(reader),
                LegacySettings.read(reader),
                storage,
                EngineSettings.read(reader, storage),
                SignInSettings.read(reader),
                TerminalSettings.read(reader),
                ProcessSettings.read(reader),
                RunLimits.read(reader),
                TempSkillSettings.read(reader),
                RetentionSettings.read(reader),
                LogSettings.read(reader));
    }
}
