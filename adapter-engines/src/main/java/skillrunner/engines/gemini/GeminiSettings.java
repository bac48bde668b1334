package skillrunner.engines.gemini;

import java.util.List;
import java.util.Map;
import java.util.Set;
import skillrunner.application.engine.EngineTurn;
import skillrunner.engines.settings.JsonSettings;
import skillrunner.engines.settings.SettingsLayers;
import skillrunner.engines.settings.SkillSettingsRule;

/** The settings of one run, which gemini reads from its project folder and lays over those of its home. */
final class GeminiSettings {
    static final String FILE = ".gemini/settings.json";
    static final String SKILL_FILE = "assets/gemini_settings.json";

    /** The product's own wishes, which a skill may change. */
    private static final Map<String, Object> DEFAULTS = Map.of(
            "general", Map.of("enableAutoUpdate", false, "enableAutoUpdateNotification", false),
            "privacy", Map.of("usageStatisticsEnabled", false));

    /**
     * What holds whatever a skill says. The run directory is a project of its own: without that, gemini would take
     * instructions and variables from files above it. No container is started.
     */
    private static final Map<String, Object> ENFORCED = Map.of(
            "context", Map.of("memoryBoundaryMarkers", List.of()),
            "advanced", Map.of("ignoreLocalEnv", true),
            "tools", Map.of("sandbox", false));

    /**
     * Everything else is refused, also what this version of the CLI does not know: sign-in and trust ({@code security},
     * {@code admin}), programs that are started without the model ({@code hooks}, {@code mcpServers}, {@code extensions}),
     * other receivers of prompts ({@code telemetry}), and whatever is {@code experimental}.
     */
    private static final SkillSettingsRule RULE = new SkillSettingsRule(
            Set.of(
                    "agents",
                    "context",
                    "contextManagement",
                    "general",
                    "model",
                    "modelConfigs",
                    "output",
                    "privacy",
                    "skills",
                    "tools",
                    "ui",
                    "useWriteTodos"),
            List.of(
                    "agents.browser",
                    "context.includeDirectories",
                    "context.memoryBoundaryMarkers",
                    "general.defaultApprovalMode",
                    "general.plan",
                    "general.sessionRetention",
                    "tools.callCommand",
                    "tools.confirmationRequired",
                    "tools.discoveryCommand",
                    "tools.sandbox",
                    "tools.sandboxAllowedPaths",
                    "tools.sandboxNetworkAccess"));

    private GeminiSettings() {}

    /**
     * Returns the content of the settings file.
     *
     * @throws IllegalArgumentException if the skill's settings are broken or reach for what is not theirs
     */
    static String of(EngineTurn turn) {
        SettingsLayers layers = new SettingsLayers().lay(DEFAULTS);
        turn.skillConfig().ifPresent(text -> layers.lay(RULE.read(SKILL_FILE, text)));
        return JsonSettings.write(layers.lay(ENFORCED).settings());
    }
}
