package skillrunner.app.settings;

import java.util.List;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;

/**
 * Which engines are used and how.
 *
 * @param named the engines the operator names; empty means every engine that has a driver
 * @param sandboxed whether the CLIs' own sandboxes are used
 */
public record EngineSettings(Optional<List<EngineId>> named, boolean sandboxed) {

    private static final Variable ENGINES = new Variable(
            "SKILL_RUNNER_ENGINES",
            "`codex,gemini,iflow,opencode`",
            "Engines in use, separated by commas; one that is left out is refused for new runs.");
    private static final Variable LANDLOCK_ENABLED = new Variable(
            "LANDLOCK_ENABLED", "`1`", "`0` runs codex without its sandbox, for machines on which it can't work.");

    static final List<Variable> VARIABLES = List.of(ENGINES, LANDLOCK_ENABLED);

    static EngineSettings read(EnvironmentReader reader) {
        List<EngineId> named = reader.list(ENGINES).stream()
                .map(name -> EngineId.parse(name)
                        .orElseThrow(() -> new BadSettingException(
                                ENGINES.name(), name, "names such as codex, gemini, iflow, opencode are needed")))
                .toList();
        return new EngineSettings(
                named.isEmpty() ? Optional.empty() : Optional.of(named), reader.flag(LANDLOCK_ENABLED, true));
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
}
