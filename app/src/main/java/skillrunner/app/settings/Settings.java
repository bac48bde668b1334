package skillrunner.app.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import skillrunner.domain.engine.EngineId;
import skillrunner.embedding.settings.ArchiveSettings;
import skillrunner.embedding.settings.ProcessSettings;
import skillrunner.embedding.settings.RetentionSettings;
import skillrunner.embedding.settings.RunnerSettings;
import skillrunner.embedding.settings.StorageSettings;
import skillrunner.embedding.settings.TempSkillSettings;

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
        EngineVariables engines,
        SignInSettings signIns,
        TerminalSettings terminals,
        ProcessSettings processes,
        RunVariables runs,
        TempSkillSettings tempSkills,
        RetentionSettings retention,
        LogSettings log) {

    /** Every variable there is, in the order of the documentation. */
    public static final List<Variable> VARIABLES = Stream.of(
                    AccessSettings.VARIABLES,
                    ArchiveVariables.VARIABLES,
                    BasicAuthSettings.VARIABLES,
                    LegacySettings.VARIABLES,
                    StorageVariables.VARIABLES,
                    EngineVariables.VARIABLES,
                    SignInSettings.VARIABLES,
                    ProxyVariables.VARIABLES,
                    TerminalSettings.VARIABLES,
                    ProcessVariables.VARIABLES,
                    RunVariables.VARIABLES,
                    TempSkillVariables.VARIABLES,
                    RetentionVariables.VARIABLES,
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
        return read(
                new GroupReading() {
                    @Override
                    public <T> T of(Function<EnvironmentReader, T> group) {
                        return group.apply(reader);
                    }
                },
                installation,
                accountHome);
    }

    static Settings read(GroupReading reading, Path installation, Path accountHome) {
        StorageSettings storage = reading.of(reader -> StorageVariables.read(reader, installation, accountHome));
        return new Settings(
                reading.of(AccessSettings::read),
                reading.of(ArchiveVariables::read),
                reading.of(LegacySettings::read),
                storage,
                reading.of(reader -> EngineVariables.read(reader, storage)),
                reading.of(SignInSettings::read),
                reading.of(TerminalSettings::read),
                reading.of(ProcessVariables::read),
                reading.of(RunVariables::read),
                reading.of(TempSkillVariables::read),
                reading.of(RetentionVariables::read),
                reading.of(LogSettings::read));
    }

    /**
     * Settles what has to do with the runner behind the server.
     *
     * @param known every engine there is
     * @return how it is to be
     * @throws BadSettingException for the first name that no engine has
     */
    public RunnerSettings runner(List<EngineId> known) {
        return new RunnerSettings(
                storage, archives, engines.settle(known), processes, runs.settle(), tempSkills, retention);
    }
}
