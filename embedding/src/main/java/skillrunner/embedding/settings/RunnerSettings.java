package skillrunner.embedding.settings;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How a runner is to be. Begin with {@link #in} and change what should differ.
 *
 * @param storage where things are kept
 * @param archives how large archives may be
 * @param engines which engines are used and how
 * @param processes how the processes of runs are kept together
 * @param runs limits of runs
 * @param tempSkills skills that come with a single request
 * @param retention how long what runs leave is kept
 */
public record RunnerSettings(
        StorageSettings storage,
        ArchiveSettings archives,
        EngineSettings engines,
        ProcessSettings processes,
        RunLimits runs,
        TempSkillSettings tempSkills,
        RetentionSettings retention) {
    /** Refuses null parts. */
    public RunnerSettings {
        Objects.requireNonNull(storage);
        Objects.requireNonNull(archives);
        Objects.requireNonNull(engines);
        Objects.requireNonNull(processes);
        Objects.requireNonNull(runs);
        Objects.requireNonNull(tempSkills);
        Objects.requireNonNull(retention);
    }

    /**
     * Keeps everything in one folder, with the limits that the server has as well.
     *
     * @param folder the folder; it need not be there yet
     * @return the settings
     */
    public static RunnerSettings in(Path folder) {
        StorageSettings storage = StorageSettings.in(folder);
        return new RunnerSettings(
                storage,
                ArchiveSettings.USUAL,
                EngineSettings.usual(LiveModelSettings.usual(storage.data())),
                ProcessSettings.USUAL,
                RunLimits.ofThisMachine(),
                TempSkillSettings.USUAL,
                RetentionSettings.USUAL);
    }

    /**
     * The same settings with other places. What is kept of live models stays where it was.
     *
     * @param places where things are kept
     * @return the settings
     */
    public RunnerSettings withStorage(StorageSettings places) {
        return new RunnerSettings(places, archives, engines, processes, runs, tempSkills, retention);
    }

    /**
     * The same settings with skills of another folder.
     *
     * @param folder holds one folder for each skill
     * @return the settings
     */
    public RunnerSettings withSkills(Path folder) {
        return withStorage(storage.withSkills(folder));
    }

    /**
     * The same settings with the CLIs of another place, as for several runners that share them.
     *
     * @param home home folder of the CLIs, with their sign-ins
     * @param prefix npm prefix of the managed CLIs
     * @return the settings
     */
    public RunnerSettings withAgents(Path home, Path prefix) {
        return withStorage(storage.withAgents(home, prefix));
    }

    /**
     * The same settings with other engines.
     *
     * @param choice which engines are used and how
     * @return the settings
     */
    public RunnerSettings withEngines(EngineSettings choice) {
        return new RunnerSettings(storage, archives, choice, processes, runs, tempSkills, retention);
    }

    /**
     * The same settings with other limits.
     *
     * @param limits limits of runs
     * @return the settings
     */
    public RunnerSettings withRuns(RunLimits limits) {
        return new RunnerSettings(storage, archives, engines, processes, limits, tempSkills, retention);
    }

    /**
     * The same settings with another number of slots.
     *
     * @param count how many runs work at once, at least 1
     * @return the settings
     */
    public RunnerSettings withSlots(int count) {
        return withRuns(runs.withSlots(count));
    }
}
