package skillrunner.engines.iflow;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import skillrunner.application.engine.EngineTurn;
import skillrunner.engines.settings.JsonSettings;
import skillrunner.engines.settings.SettingsLayers;

/** The settings of one run, which iflow reads from its project folder and lays over those of its home. */
final class IflowRunSettings {
    static final String SKILL_FILE = "assets/iflow_settings.json";

    /** The product's own wishes, which a skill may change. */
    private static final Map<String, Object> DEFAULTS = Map.of("disableAutoUpdate", true);

    /** What holds whatever a skill says: nobody can approve anything during a run, and no container is started. */
    private static final Map<String, Object> ENFORCED = Map.of("autoAccept", true, "sandbox", false);

    /** The settings that a skill may not bring, because they reach beyond its own run. */
    private static final Set<String> RESERVED = Set.of(
            // Ask somebody who isn't there.
            "approvalMode",
            "autoAccept",
            "sandbox",
            // Send prompts or credentials elsewhere.
            "apiKey",
            "baseUrl",
            "searchApiKey",
            "selectedAuthType",
            "telemetry",
            // Start programs before the model is asked anything.
            "hooks",
            "mcpServers",
            "toolCallCommand",
            "toolDiscoveryCommand");

    private IflowRunSettings() {}

    /**
     * Returns the content of the settings file.
     *
     * @throws IllegalArgumentException if the skill's settings are broken or reach for what is not theirs
     */
    static String of(EngineTurn turn) {
        SettingsLayers layers = new SettingsLayers().lay(DEFAULTS);
        turn.skillConfig().ifPresent(text -> layers.lay(skillLayer(text)));
        turn.model().ifPresent(model -> layers.lay(Map.of("modelName", model.name())));
        return JsonSettings.write(layers.lay(ENFORCED).settings());
    }

    private static Map<String, Object> skillLayer(String text) {
        Map<String, Object> layer = JsonSettings.read(SKILL_FILE, text);
        for (String key : new TreeSet<>(layer.keySet())) {
            if (RESERVED.contains(key)) {
                throw new IllegalArgumentException(SKILL_FILE + " must not set '" + key + "'");
            }
        }
        return layer;
    }
}
