package skillrunner.engines.opencode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import skillrunner.application.engine.EngineTurn;
import skillrunner.engines.settings.JsonSettings;

/** Which variables opencode gets: those that keep it to its run, and those of the providers that are named for it. */
final class OpencodeEnvironment {
    /** Folder of the run directory in which opencode finds what belongs to the run. */
    static final String FOLDER = ".opencode";

    /** What opencode reads itself, whatever provider it uses. */
    private static final Set<String> ALWAYS = Set.of(
            "OPENCODE_AUTH_CONTENT", "OPENCODE_DISABLE_MODELS_FETCH", "OPENCODE_MODELS_PATH", "OPENCODE_MODELS_URL");

    private static final Pattern NAMED = Pattern.compile("\\{env:([A-Za-z_][A-Za-z0-9_]*)}");

    private OpencodeEnvironment() {}

    /**
     * Keeps opencode from looking for settings, instructions and skills upwards from the run directory, where those of
     * somebody else's project may lie.
     */
    static Map<String, String> set(String runDirectory) {
        return Map.of(
                "OPENCODE_CONFIG", runDirectory + "/" + OpencodeSettings.FILE,
                "OPENCODE_CONFIG_DIR", runDirectory + "/" + FOLDER,
                "OPENCODE_DISABLE_AUTOUPDATE", "true",
                "OPENCODE_DISABLE_CLAUDE_CODE", "true",
                "OPENCODE_DISABLE_EXTERNAL_SKILLS", "true",
                "OPENCODE_DISABLE_LSP_DOWNLOAD", "true",
                "OPENCODE_DISABLE_PROJECT_CONFIG", "true");
    }

    /**
     * Returns the names of the server's variables it may see: those of the providers that the run's model and the
     * configuration in the agent home name. The model that a skill's settings choose opens no whole account.
     */
    static Set<String> passed(EngineTurn turn) {
        Set<String> names = new TreeSet<>(ALWAYS);
        turn.model().ifPresent(model -> names.addAll(OpencodeProviders.all(provider(model.name()))));
        turn.homeConfig().ifPresent(config -> {
            Map<String, Object> settings = settings(config);
            models(settings).forEach(model -> names.addAll(OpencodeProviders.all(provider(model))));
            if (settings.get("provider") instanceof Map<?, ?> providers) {
                providers.keySet().forEach(name -> names.addAll(OpencodeProviders.all(String.valueOf(name))));
            }
            Matcher named = NAMED.matcher(config);
            while (named.find()) {
                names.add(named.group(1));
            }
        });
        turn.skillConfig().map(OpencodeEnvironment::settings).ifPresent(settings -> models(settings)
                .forEach(model -> names.addAll(OpencodeProviders.keys(provider(model)))));
        return names;
    }

    /** Finds the models of the whole and of single agents. */
    private static List<String> models(Map<String, Object> settings) {
        List<String> models = new ArrayList<>();
        for (String key : List.of("model", "small_model")) {
            addText(settings.get(key), models);
        }
        if (settings.get("agent") instanceof Map<?, ?> agents) {
            agents.values().forEach(agent -> {
                if (agent instanceof Map<?, ?> one) {
                    addText(one.get("model"), models);
                }
            });
        }
        return models;
    }

    private static void addText(@Nullable Object value, List<String> texts) {
        if (value instanceof String text) {
            texts.add(text);
        }
    }

    private static String provider(String model) {
        int slash = model.indexOf('/');
        return slash < 0 ? "" : model.substring(0, slash);
    }

    /** A configuration that can't be read names no provider, and opencode itself will complain about it. */
    private static Map<String, Object> settings(String text) {
        try {
            return JsonSettings.read(OpencodeSettings.FILE, text);
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }
}
