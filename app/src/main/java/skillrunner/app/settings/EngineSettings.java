package skillrunner.app.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import skillrunner.domain.engine.EngineId;

/**
 * Which engines are used and how.
 *
 * @param named the engines the operator names; empty means all
 * @param sandboxed whether the CLIs' own sandboxes are used
 * @param packages npm packages that are installed instead of an engine's own
 * @param upgradeLimit how long the upgrade of one engine may take
 * @param liveModels how lists of models are kept that a CLI itself tells
 */
public record EngineSettings(
        Optional<List<EngineId>> named,
        boolean sandboxed,
        Map<EngineId, String> packages,
        Duration upgradeLimit,
        LiveModelSettings liveModels) {

    private static final Variable ENGINES = new Variable(
            "SKILL_RUNNER_ENGINES",
            "`codex,gemini,iflow,opencode`",
            "Engines in use, separated by commas; one that is left out is refused for new runs and left out of upgrades.");
    private static final Variable LANDLOCK_ENABLED = new Variable(
            "LANDLOCK_ENABLED", "`1`", "`0` runs codex without its sandbox, for machines on which it can't work.");
    private static final Variable UPGRADE_TIMEOUT = new Variable(
            "SKILL_RUNNER_ENGINE_UPGRADE_TIMEOUT_SEC",
            "`900`",
            "How long the upgrade of one engine may take, in seconds; then npm is ended and the upgrade has failed.");
    private static final Map<EngineId, Variable> PACKAGES = packageVariables();

    static final List<Variable> VARIABLES = Stream.of(
                    Stream.of(ENGINES, LANDLOCK_ENABLED, UPGRADE_TIMEOUT),
                    PACKAGES.values().stream(),
                    LiveModelSettings.VARIABLES.stream())
            .flatMap(all -> all)
            .toList();

    private static final Pattern PACKAGE = Pattern.compile("(@[a-z0-9._~-]+/)?[a-z0-9._~-]+(@[A-Za-z0-9._^~-]+)?");

    static EngineSettings read(EnvironmentReader reader, StorageSettings storage) {
        List<EngineId> named = reader.list(ENGINES).stream()
                .map(name -> EngineId.parse(name)
                        .orElseThrow(() -> new BadSettingException(
                                ENGINES.name(), name, "names such as codex, gemini, iflow, opencode are needed")))
                .toList();
        Map<EngineId, String> packages = new LinkedHashMap<>();
        PACKAGES.forEach((engine, variable) -> reader.text(variable).ifPresent(text -> {
            if (!PACKAGE.matcher(text).matches() || text.startsWith("-")) {
                throw new BadSettingException(
                        variable.name(),
                        text,
                        "an npm package is needed, such as @openai/codex or @openai/codex@0.169.0");
            }
            packages.put(engine, text);
        }));
        return new EngineSettings(
                named.isEmpty() ? Optional.empty() : Optional.of(named),
                reader.flag(LANDLOCK_ENABLED, true),
                packages,
                Duration.ofSeconds(reader.number(UPGRADE_TIMEOUT, 900, 1, 86_400)),
                LiveModelSettings.read(reader, storage));
    }

    /**
     * Refuses a name that no engine has.
     *
     * @param known every engine there is
     * @throws BadSettingException for the first unknown name
     */
    public void checkAgainst(List<EngineId> known) {
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
    }

    private static Map<EngineId, Variable> packageVariables() {
        Map<EngineId, Variable> variables = new LinkedHashMap<>();
        for (EngineId engine : EngineId.BUILT_IN) {
            variables.put(
                    engine,
                    new Variable(
                            "SKILL_RUNNER_NPM_PACKAGE_" + engine.wire().toUpperCase(Locale.ROOT),
                            "the engine's own",
                            "npm package that is installed for " + engine
                                    + ", for a mirror or a fixed version, such as `name@1.2.3`."));
        }
        return variables;
    }
}
