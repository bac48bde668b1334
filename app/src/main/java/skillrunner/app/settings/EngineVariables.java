package skillrunner.app.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import skillrunner.domain.engine.EngineId;
import skillrunner.embedding.settings.EngineSettings;
import skillrunner.embedding.settings.LiveModelSettings;
import skillrunner.embedding.settings.StorageSettings;

/**
 * Which engines are used and how, before it is known which there are.
 *
 * @param named the engines the operator names; empty means all
 * @param sandboxed whether the CLIs' own sandboxes are used
 * @param packages npm packages that are installed instead of an engine's own
 * @param variables names of further variables that an engine's runs may see
 * @param upgradeLimit how long the upgrade of one engine may take
 * @param liveModels how lists of models are kept that a CLI itself tells
 */
public record EngineVariables(
        Optional<List<EngineId>> named,
        boolean sandboxed,
        PerEngine<String> packages,
        PerEngine<List<String>> variables,
        Duration upgradeLimit,
        LiveModelSettings liveModels) {

    private static final Variable ENGINES = new Variable(
            "SKILL_RUNNER_ENGINES",
            "all there are",
            "Engines in use, separated by commas; one that is left out is refused for new runs and left out of upgrades.");
    private static final Variable LANDLOCK_ENABLED = new Variable(
            "LANDLOCK_ENABLED", "`1`", "`0` runs codex without its sandbox, for machines on which it can't work.");
    private static final Variable UPGRADE_TIMEOUT = new Variable(
            "SKILL_RUNNER_ENGINE_UPGRADE_TIMEOUT_SEC",
            "`900`",
            "How long the upgrade of one engine may take, in seconds; then npm is ended and the upgrade has failed.");
    private static final Variable PACKAGES = new Variable(
            "SKILL_RUNNER_NPM_PACKAGE_<ENGINE>",
            "the engine's own",
            "npm package that is installed for an engine, such as `SKILL_RUNNER_NPM_PACKAGE_CODEX`, for a mirror or a fixed"
                    + " version, such as `name@1.2.3`.");
    private static final Variable ENGINE_VARIABLES = new Variable(
            "SKILL_RUNNER_ENGINE_ENV_<ENGINE>",
            "none",
            "Names of further variables that runs of an engine may see, separated by commas, beside those of the provider"
                    + " that its model or its configuration names.");

    static final List<Variable> VARIABLES = Stream.of(
                    Stream.of(ENGINES, LANDLOCK_ENABLED, UPGRADE_TIMEOUT, PACKAGES, ENGINE_VARIABLES),
                    LiveModelVariables.VARIABLES.stream())
            .flatMap(all -> all)
            .toList();

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private static final Pattern PACKAGE = Pattern.compile("(@[a-z0-9._~-]+/)?[a-z0-9._~-]+(@[A-Za-z0-9._^~-]+)?");

    static EngineVariables read(EnvironmentReader reader, StorageSettings storage) {
        List<EngineId> named = reader.list(ENGINES).stream()
                .map(name -> EngineId.parse(name)
                        .orElseThrow(
                                () -> new BadSettingException(ENGINES.name(), name, "names such as codex are needed")))
                .toList();
        return new EngineVariables(
                named.isEmpty() ? Optional.empty() : Optional.of(named),
                reader.flag(LANDLOCK_ENABLED, true),
                PerEngine.read(reader, PACKAGES, EngineVariables::npmPackage),
                PerEngine.read(reader, ENGINE_VARIABLES, EngineVariables::names),
                Duration.ofSeconds(reader.number(UPGRADE_TIMEOUT, EngineSettings.UPGRADE_LIMIT.toSeconds(), 1, 86_400)),
                LiveModelVariables.read(reader, storage));
    }

    /**
     * Settles which engine each value is for.
     *
     * @param known every engine there is
     * @return the settings
     * @throws BadSettingException for the first name that no engine has
     */
    public EngineSettings settle(List<EngineId> known) {
        for (EngineId engine : named.orElse(List.of())) {
            if (!known.contains(engine)) {
                throw new BadSettingException(
                        ENGINES.name(),
                        engine.wire(),
                        "known engines are "
                                + String.join(
                                        ", ", known.stream().map(EngineId::wire).toList()));
            }
        }
        return new EngineSettings(named, sandboxed, packages.of(known), variables.of(known), upgradeLimit, liveModels);
    }

    private static String npmPackage(PerEngine.Entry entry) {
        if (!PACKAGE.matcher(entry.text()).matches() || entry.text().startsWith("-")) {
            throw new BadSettingException(
                    entry.name(),
                    entry.text(),
                    "an npm package is needed, such as @openai/codex or @openai/codex@0.169.0");
        }
        return entry.text();
    }

    private static List<String> names(PerEngine.Entry entry) {
        List<String> names = Stream.of(entry.text().split("[,\\s]+"))
                .filter(name -> !name.isEmpty())
                .toList();
        if (!names.stream().allMatch(name -> NAME.matcher(name).matches())) {
            throw new BadSettingException(
                    entry.name(), entry.text(), "names of variables are needed, separated by commas");
        }
        return names;
    }
}
