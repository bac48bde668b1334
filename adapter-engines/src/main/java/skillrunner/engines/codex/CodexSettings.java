package skillrunner.engines.codex;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skillrunner.application.engine.EngineTurn;

/** Lays the settings of a turn over one another; a later layer wins, key by key. */
final class CodexSettings {
    /** The product's own wishes, which a skill may change. */
    private static final Map<String, Object> DEFAULTS = Map.of("check_for_update_on_startup", false);

    /**
     * What holds whatever a skill says. Nobody can approve anything during a run, credentials stay in the shared home,
     * and the run directory is a project of its own: without that, codex would take instructions from files above it.
     */
    private static final Map<String, Object> ENFORCED =
            Map.of("approval_policy", "never", "cli_auth_credentials_store", "file", "project_root_markers", List.of());

    private CodexSettings() {}

    /**
     * Returns the settings as values of {@code -c}.
     *
     * @throws IllegalArgumentException if the skill's settings are broken or reach for what is not theirs
     */
    static List<String> overrides(EngineTurn turn) {
        Map<String, Object> settings = new LinkedHashMap<>();
        lay(settings, DEFAULTS);
        turn.skillConfig().ifPresent(toml -> lay(settings, skillLayer(toml)));
        turn.model()
                .flatMap(model -> model.effort())
                .ifPresent(effort -> lay(settings, Map.of("model_reasoning_effort", effort)));
        lay(settings, ENFORCED);
        return CodexOverrides.of(settings);
    }

    private static Map<String, Object> skillLayer(String toml) {
        Map<String, Object> layer;
        try {
            layer = Toml.read(toml);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("assets/codex_config.toml is not TOML: " + e.getMessage(), e);
        }
        CodexReservedKeys.firstIn(layer).ifPresent(key -> {
            throw new IllegalArgumentException("assets/codex_config.toml must not set '" + key + "'");
        });
        return layer;
    }

    private static void lay(Map<String, Object> below, Map<?, ?> above) {
        above.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (value instanceof Map<?, ?> table) {
                Map<String, Object> merged = new LinkedHashMap<>();
                if (below.get(name) instanceof Map<?, ?> present) {
                    lay(merged, present);
                }
                lay(merged, table);
                below.put(name, merged);
            } else {
                below.put(name, value);
            }
        });
    }
}
