package skillrunner.engines.codex;

import java.util.List;
import java.util.Map;
import skillrunner.application.engine.EngineTurn;
import skillrunner.engines.settings.SettingsLayers;

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
        SettingsLayers layers = new SettingsLayers().lay(DEFAULTS);
        turn.skillConfig().ifPresent(toml -> layers.lay(skillLayer(toml)));
        turn.model()
                .flatMap(model -> model.effort())
                .ifPresent(effort -> layers.lay(Map.of("model_reasoning_effort", effort)));
        return CodexOverrides.of(layers.lay(ENFORCED).settings());
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
}
