package skillrunner.engines.opencode;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which variables opencode gets: those that keep it to its run, its providers' keys, and those its configuration names. */
final class OpencodeEnvironment {
    /** Folder of the run directory in which opencode finds what belongs to the run. */
    static final String FOLDER = ".opencode";

    private static final Set<String> PROVIDERS = Set.of(
            "ANTHROPIC_API_KEY",
            "AWS_ACCESS_KEY_ID",
            "AWS_BEARER_TOKEN_BEDROCK",
            "AWS_PROFILE",
            "AWS_REGION",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AZURE_API_KEY",
            "AZURE_RESOURCE_NAME",
            "CEREBRAS_API_KEY",
            "DEEPSEEK_API_KEY",
            "GEMINI_API_KEY",
            "GITHUB_TOKEN",
            "GOOGLE_API_KEY",
            "GOOGLE_APPLICATION_CREDENTIALS",
            "GOOGLE_CLOUD_PROJECT",
            "GOOGLE_GENERATIVE_AI_API_KEY",
            "GROQ_API_KEY",
            "MISTRAL_API_KEY",
            "MOONSHOT_API_KEY",
            "OPENAI_API_KEY",
            "OPENCODE_API_KEY",
            "OPENCODE_AUTH_CONTENT",
            "OPENCODE_DISABLE_MODELS_FETCH",
            "OPENCODE_MODELS_PATH",
            "OPENCODE_MODELS_URL",
            "OPENROUTER_API_KEY",
            "VERTEX_LOCATION",
            "XAI_API_KEY",
            "ZHIPU_API_KEY");

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

    /** Returns the names of the server's variables it may see. */
    static Set<String> passed(Optional<String> homeConfig) {
        Set<String> names = new TreeSet<>(PROVIDERS);
        homeConfig.ifPresent(config -> {
            Matcher named = NAMED.matcher(config);
            while (named.find()) {
                names.add(named.group(1));
            }
        });
        return names;
    }
}
