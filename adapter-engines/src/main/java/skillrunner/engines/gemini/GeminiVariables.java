package skillrunner.engines.gemini;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import skillrunner.engines.settings.JsonSettings;

/**
 * Says which variables of the server gemini may see: those of the way of signing in that its settings in the agent home
 * choose, and those that they name. A skill has no say in that.
 */
final class GeminiVariables {
    private static final Set<String> ALWAYS =
            Set.of("CODE_ASSIST_ENDPOINT", "GOOGLE_GEMINI_BASE_URL", "GOOGLE_VERTEX_BASE_URL");

    private static final Set<String> KEY =
            Set.of("GEMINI_API_KEY", "GEMINI_API_KEY_AUTH_MECHANISM", "GEMINI_CLI_CUSTOM_HEADERS");

    private static final Set<String> VERTEX = Set.of(
            "GEMINI_CLI_CUSTOM_HEADERS",
            "GOOGLE_API_KEY",
            "GOOGLE_APPLICATION_CREDENTIALS",
            "GOOGLE_CLOUD_*",
            "GOOGLE_GENAI_*");

    private static final Set<String> PROJECT = Set.of("GOOGLE_CLOUD_PROJECT", "GOOGLE_CLOUD_PROJECT_ID");

    private static final Set<String> MACHINE =
            Set.of("GEMINI_CLI_USE_COMPUTE_ADC", "GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_CLOUD_*");

    private static final Map<String, Set<String>> WAYS = Map.of(
            "oauth-personal", PROJECT,
            "login-with-google", PROJECT,
            "gemini-api-key", KEY,
            "vertex-ai", VERTEX,
            "compute-default-credentials", MACHINE,
            "cloud-shell", MACHINE,
            "gateway", KEY);

    /** The CLI puts a variable in the place of these. */
    private static final Pattern NAMED =
            Pattern.compile("\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)(?::-[^}]*)?}|([A-Za-z_][A-Za-z0-9_]*))");

    private GeminiVariables() {}

    /** Reads the names. Where no way is chosen, the CLI takes a key of its own provider. */
    static Set<String> passed(Optional<String> homeConfig) {
        Set<String> names = new TreeSet<>(ALWAYS);
        // The key of the only provider it has; whether it is used, its settings say.
        names.addAll(KEY);
        names.addAll(WAYS.getOrDefault(homeConfig.flatMap(GeminiVariables::way).orElse("gemini-api-key"), Set.of()));
        homeConfig.ifPresent(config -> {
            Matcher named = NAMED.matcher(config);
            while (named.find()) {
                names.add(named.group(1) == null ? named.group(2) : named.group(1));
            }
        });
        return names;
    }

    private static Optional<String> way(String config) {
        try {
            return JsonSettings.read(GeminiSettings.FILE, config).get("security") instanceof Map<?, ?> security
                            && security.get("auth") instanceof Map<?, ?> auth
                            && auth.get("selectedType") instanceof String type
                    ? Optional.of(type)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
