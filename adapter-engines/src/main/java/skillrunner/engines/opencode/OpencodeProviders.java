package skillrunner.engines.opencode;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The variables from which opencode takes the secrets of its providers. */
final class OpencodeProviders {
    private static final Set<String> AWS = Set.of(
            "AWS_ACCESS_KEY_ID",
            "AWS_BEARER_TOKEN_BEDROCK",
            "AWS_PROFILE",
            "AWS_REGION",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN");

    private static final Set<String> VERTEX = Set.of(
            "GOOGLE_APPLICATION_CREDENTIALS",
            "GOOGLE_CLOUD_LOCATION",
            "GOOGLE_CLOUD_PROJECT",
            "GOOGLE_VERTEX_LOCATION",
            "GOOGLE_VERTEX_PROJECT",
            "VERTEX_LOCATION");

    /** They open whole accounts, not only models. */
    private static final Map<String, Set<String>> ACCOUNTS = Map.ofEntries(
            Map.entry("amazon-bedrock", AWS),
            Map.entry("azure", Set.of("AZURE_API_KEY", "AZURE_RESOURCE_NAME")),
            Map.entry(
                    "azure-cognitive-services",
                    Set.of("AZURE_COGNITIVE_SERVICES_API_KEY", "AZURE_COGNITIVE_SERVICES_RESOURCE_NAME")),
            Map.entry("cloudflare-workers-ai", Set.of("CLOUDFLARE_ACCOUNT_ID", "CLOUDFLARE_API_KEY")),
            Map.entry("github-copilot", Set.of("GITHUB_TOKEN")),
            Map.entry("github-models", Set.of("GITHUB_TOKEN")),
            Map.entry("gitlab", Set.of("GITLAB_TOKEN")),
            Map.entry("google-vertex", VERTEX),
            Map.entry("google-vertex-anthropic", VERTEX),
            Map.entry("huggingface", Set.of("HF_TOKEN")));

    /** They open a provider's models. */
    private static final Map<String, Set<String>> KEYS = Map.ofEntries(
            Map.entry("alibaba", Set.of("DASHSCOPE_API_KEY")),
            Map.entry("anthropic", Set.of("ANTHROPIC_API_KEY")),
            Map.entry("cerebras", Set.of("CEREBRAS_API_KEY")),
            Map.entry("cohere", Set.of("COHERE_API_KEY")),
            Map.entry("deepinfra", Set.of("DEEPINFRA_API_KEY")),
            Map.entry("deepseek", Set.of("DEEPSEEK_API_KEY")),
            Map.entry("fireworks-ai", Set.of("FIREWORKS_API_KEY")),
            Map.entry("google", Set.of("GEMINI_API_KEY", "GOOGLE_API_KEY", "GOOGLE_GENERATIVE_AI_API_KEY")),
            Map.entry("groq", Set.of("GROQ_API_KEY")),
            Map.entry("minimax", Set.of("MINIMAX_API_KEY")),
            Map.entry("mistral", Set.of("MISTRAL_API_KEY")),
            Map.entry("moonshotai", Set.of("MOONSHOT_API_KEY")),
            Map.entry("nvidia", Set.of("NVIDIA_API_KEY")),
            Map.entry("openai", Set.of("OPENAI_API_KEY")),
            Map.entry("opencode", Set.of("OPENCODE_API_KEY")),
            Map.entry("openrouter", Set.of("OPENROUTER_API_KEY")),
            Map.entry("perplexity", Set.of("PERPLEXITY_API_KEY")),
            Map.entry("siliconflow", Set.of("SILICONFLOW_API_KEY")),
            Map.entry("togetherai", Set.of("TOGETHER_API_KEY")),
            Map.entry("vercel", Set.of("AI_GATEWAY_API_KEY")),
            Map.entry("xai", Set.of("XAI_API_KEY")),
            Map.entry("zai", Set.of("ZHIPU_API_KEY")),
            Map.entry("zhipuai", Set.of("ZHIPU_API_KEY")));

    /** A provider's other address or tariff, which takes the same key. */
    private static final Pattern BRANCH = Pattern.compile("(?:-cn)?(?:-coding-plan)?$");

    private OpencodeProviders() {}

    /** Returns the variables of a provider's keys; none for one that is not known or that opens a whole account. */
    static Set<String> keys(String provider) {
        return KEYS.getOrDefault(BRANCH.matcher(provider).replaceFirst(""), Set.of());
    }

    /** Returns all variables of a provider. */
    static Set<String> all(String provider) {
        return ACCOUNTS.getOrDefault(provider, keys(provider));
    }
}
