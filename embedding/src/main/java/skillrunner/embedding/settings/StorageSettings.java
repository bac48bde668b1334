package skillrunner.embedding.settings;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where things are kept. Whatever is missing is made.
 *
 * @param data all state; one runner at a time may have it
 * @param skills installed skills
 * @param builtinSkills read-only skills beside them; an installed skill of the same id wins. May be absent.
 * @param models model catalogue
 * @param agentCache whatever is kept of the agent CLIs
 * @param agentHome home folder of the agent CLIs
 * @param npmPrefix where managed CLIs are installed
 * @param userHome home folder of the user, where npm reads its {@code .npmrc}
 */
public record StorageSettings(
        Path data,
        Path skills,
        Path builtinSkills,
        Path models,
        Path agentCache,
        Path agentHome,
        Path npmPrefix,
        Path userHome) {

    /** Makes all paths absolute, for the working directory of a run is another one. */
    public StorageSettings {
        data = data.toAbsolutePath();
        skills = skills.toAbsolutePath();
        builtinSkills = builtinSkills.toAbsolutePath();
        models = models.toAbsolutePath();
        agentCache = agentCache.toAbsolutePath();
        agentHome = agentHome.toAbsolutePath();
        npmPrefix = npmPrefix.toAbsolutePath();
        userHome = userHome.toAbsolutePath();
    }

    /**
     * Keeps everything in one folder: state in {@code data}, skills in {@code skills}, the CLIs and their home in {@code agents}.
     *
     * @param folder the folder
     * @return the places
     */
    public static StorageSettings in(Path folder) {
        Objects.requireNonNull(folder);
        Path agents = folder.resolve("agents");
        return new StorageSettings(
                folder.resolve("data"),
                folder.resolve("skills"),
                folder.resolve("builtin-skills"),
                folder.resolve("data/engine_models"),
                agents,
                agents.resolve("agent-home"),
                agents.resolve("npm"),
                Path.of(System.getProperty("user.home")));
    }

    /**
     * The same places, but skills elsewhere.
     *
     * @param folder holds one folder for each skill
     * @return the places
     */
    public StorageSettings withSkills(Path folder) {
        return new StorageSettings(data, folder, builtinSkills, models, agentCache, agentHome, npmPrefix, userHome);
    }

    /**
     * The same places, but the CLIs elsewhere, as for several runners that share them.
     *
     * @param home home folder of the CLIs, with their sign-ins
     * @param prefix npm prefix of the managed CLIs
     * @return the places
     */
    public StorageSettings withAgents(Path home, Path prefix) {
        return new StorageSettings(data, skills, builtinSkills, models, agentCache, home, prefix, userHome);
    }
}
