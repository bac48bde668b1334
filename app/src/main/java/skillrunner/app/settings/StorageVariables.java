package skillrunner.app.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import skillrunner.embedding.settings.StorageSettings;
import skillrunner.embedding.settings.UnsuitableFolderException;

/** The variables of where things are kept. All paths are absolute. */
public final class StorageVariables {
    private static final Variable DATA_DIR =
            new Variable("SKILL_RUNNER_DATA_DIR", "`data` of the installation", "All state.");
    private static final Variable SKILLS_DIR =
            new Variable("SKILL_RUNNER_SKILLS_DIR", "`<data>/skills`", "Installed skills.");
    private static final Variable BUILTIN_SKILLS_DIR = new Variable(
            "SKILL_RUNNER_BUILTIN_SKILLS_DIR",
            "`skills` of the installation",
            "Read-only skills that ship with the product; an installed skill of the same id wins.");
    private static final Variable MODELS_DIR = new Variable(
            "SKILL_RUNNER_MODELS_DIR", "`<data>/engine_models`", "Model catalogue: manifests and snapshots.");
    private static final Variable AGENT_CACHE_DIR = new Variable(
            "SKILL_RUNNER_AGENT_CACHE_DIR",
            "`$XDG_DATA_HOME/skill-runner/agent-cache`, else `~/.local/share/skill-runner/agent-cache`",
            "Managed CLIs and their home, unless the two below say otherwise.");
    private static final Variable AGENT_HOME =
            new Variable("SKILL_RUNNER_AGENT_HOME", "`<agent cache>/agent-home`", "`HOME` of the agent CLIs.");
    private static final Variable NPM_PREFIX =
            new Variable("SKILL_RUNNER_NPM_PREFIX", "`<agent cache>/npm`", "npm prefix of the managed CLIs.");
    private static final Variable NPM_CONFIG_PREFIX =
            new Variable("NPM_CONFIG_PREFIX", "unset", "npm prefix of the managed CLIs, if the one above is unset.");
    private static final Variable HOME = new Variable(
            "HOME",
            "the account's home",
            "Home of the operator, if it is an absolute path: npm reads its `.npmrc` (registry, proxy) there.");
    private static final Variable XDG_DATA_HOME =
            new Variable("XDG_DATA_HOME", "`~/.local/share`", "Base of the default agent cache.");

    static final List<Variable> VARIABLES = List.of(
            DATA_DIR,
            SKILLS_DIR,
            BUILTIN_SKILLS_DIR,
            MODELS_DIR,
            AGENT_CACHE_DIR,
            AGENT_HOME,
            NPM_PREFIX,
            NPM_CONFIG_PREFIX,
            XDG_DATA_HOME,
            HOME);

    private StorageVariables() {}

    static StorageSettings read(EnvironmentReader reader, Path installation, Path accountHome) {
        Path userHome = reader.text(HOME).flatMap(StorageVariables::absolute).orElse(accountHome);
        Path data = reader.path(DATA_DIR, installation.resolve("data"));
        Path base = reader.path(XDG_DATA_HOME, userHome.resolve(".local/share"));
        Path cache = reader.path(AGENT_CACHE_DIR, base.resolve("skill-runner/agent-cache"));
        return new StorageSettings(
                data,
                reader.path(SKILLS_DIR, data.resolve("skills")),
                reader.path(BUILTIN_SKILLS_DIR, installation.resolve("skills")),
                reader.path(MODELS_DIR, data.resolve("engine_models")),
                cache,
                reader.path(AGENT_HOME, cache.resolve("agent-home")),
                reader.path(NPM_PREFIX, reader.path(NPM_CONFIG_PREFIX, cache.resolve("npm"))),
                userHome);
    }

    /**
     * Names the variable of a folder that can't be kept private.
     *
     * @param storage where things are kept
     * @param refusal which folder it is, and what is wrong with it
     * @return what to throw
     */
    public static BadSettingException unsuitable(StorageSettings storage, UnsuitableFolderException refusal) {
        boolean home = refusal.folder().equals(storage.agentHome());
        return new BadSettingException(
                (home ? AGENT_HOME : DATA_DIR).name(),
                (home ? storage.agentHome() : storage.data()).toString(),
                refusal.folder() + " " + refusal.fault());
    }

    private static Optional<Path> absolute(String text) {
        try {
            return Optional.of(Path.of(text)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
