package skillrunner.engines.opencode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skillrunner.application.engine.EngineTurn;
import skillrunner.engines.settings.JsonSettings;
import skillrunner.engines.settings.SettingsLayers;
import skillrunner.engines.settings.SkillSettingsRule;

/** The settings of one run, which opencode lays over those of its home. */
final class OpencodeSettings {
    static final String FILE = "opencode.json";
    static final String SKILL_FILE = "assets/opencode_config.json";

    private static final String PERMISSION = "permission";

    /** The product's own wishes, which a skill may change. Without them opencode would ask before it leaves its folder. */
    private static final Map<String, Object> DEFAULTS = Map.of(
            "snapshot", false, PERMISSION, inOrder("*", "allow", "external_directory", "allow", "read", "allow"));

    /** What holds whatever a skill says: nobody can answer, and nothing leaves the machine but calls of the model. */
    private static final Map<String, Object> ENFORCED = Map.of(
            "autoupdate",
            false,
            "share",
            "disabled",
            PERMISSION,
            inOrder("doom_loop", "deny", "plan_enter", "deny", "plan_exit", "deny", "question", "deny"));

    /**
     * Everything else is refused, also what this version of the CLI does not know: other receivers of prompts and keys
     * ({@code provider}), programs and code that run without the model ({@code mcp}, {@code plugin}, {@code lsp},
     * {@code formatter}, {@code command}), files from elsewhere ({@code instructions}), and {@code tools}, an older way to say
     * permissions.
     */
    private static final SkillSettingsRule RULE = new SkillSettingsRule(
            Set.of("$schema", "agent", "compaction", "default_agent", "model", PERMISSION, "small_model", "snapshot"),
            List.of("agent.*.permission", "agent.*.tools"));

    /** opencode puts a variable or a file of the machine in the place of these. */
    private static final List<String> SUBSTITUTIONS = List.of("{env:", "{file:");

    private OpencodeSettings() {}

    /**
     * Returns the content of the settings file.
     *
     * @throws IllegalArgumentException if the skill's settings are broken or reach for what is not theirs
     */
    static String of(EngineTurn turn) {
        SettingsLayers layers = new SettingsLayers().lay(DEFAULTS);
        turn.skillConfig().ifPresent(text -> layers.lay(skillLayer(text)));
        return JsonSettings.write(layers.lay(ENFORCED).settings());
    }

    private static Map<String, Object> skillLayer(String text) {
        Map<String, Object> layer = RULE.read(SKILL_FILE, text);
        // As it will be written: in the skill's own text a brace may be spelled in another way.
        String written = JsonSettings.write(layer);
        for (String substitution : SUBSTITUTIONS) {
            if (written.contains(substitution)) {
                throw new IllegalArgumentException(SKILL_FILE + " must not hold '" + substitution + "...}'");
            }
        }
        if (layer.containsKey(PERMISSION)) {
            Object decided = unattended(layer.get(PERMISSION));
            layer.put(PERMISSION, decided instanceof String word ? inOrder("*", word) : decided);
        }
        return layer;
    }

    /** A question that nobody answers is a refusal; as such the model learns of it instead of stopping without a word. */
    private static Object unattended(@Nullable Object permission) {
        if (permission instanceof Map<?, ?> rules) {
            Map<String, Object> decided = new LinkedHashMap<>();
            rules.forEach((key, value) -> decided.put(String.valueOf(key), unattended(value)));
            return decided;
        }
        if (permission instanceof String word && Set.of("allow", "ask", "deny").contains(word)) {
            return word.equals("ask") ? "deny" : word;
        }
        throw new IllegalArgumentException(SKILL_FILE + " has a permission that is not 'allow', 'ask' or 'deny'");
    }

    /** The last rule that fits decides, so their order matters. */
    private static Map<String, Object> inOrder(String... namesAndWords) {
        Map<String, Object> rules = new LinkedHashMap<>();
        for (int i = 0; i < namesAndWords.length; i += 2) {
            rules.put(namesAndWords[i], namesAndWords[i + 1]);
        }
        return rules;
    }
}
