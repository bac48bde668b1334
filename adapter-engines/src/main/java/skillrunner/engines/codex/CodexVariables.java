package skillrunner.engines.codex;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says which variables of the server codex may see: those that hold no secret, and those of the provider that its
 * configuration in the agent home chooses. A skill has no say in that.
 */
final class CodexVariables {
    private static final Set<String> ALWAYS = Set.of("CODEX_CA_CERTIFICATE", "RUST_LOG");

    /** The provider where none is chosen, and that of its own sign-in. */
    private static final String OPENAI = "openai";

    private static final Set<String> OF_OPENAI = Set.of(
            "CODEX_ACCESS_TOKEN",
            "CODEX_API_KEY",
            "OPENAI_API_KEY",
            "OPENAI_BASE_URL",
            "OPENAI_ORGANIZATION",
            "OPENAI_PROJECT");

    /** With any of these codex may need no sign-in. */
    static final Set<String> CREDENTIALS =
            Set.of("CODEX_ACCESS_TOKEN", "CODEX_API_KEY", "OPENAI_API_KEY", "OPENAI_BASE_URL");

    /** Those of the other providers that need no table in the configuration. */
    private static final Map<String, Set<String>> BUILT_IN = Map.of(
            "amazon-bedrock",
            Set.of(
                    "AWS_ACCESS_KEY_ID",
                    "AWS_BEARER_TOKEN_BEDROCK",
                    "AWS_PROFILE",
                    "AWS_REGION",
                    "AWS_SECRET_ACCESS_KEY",
                    "AWS_SESSION_TOKEN"),
            "ollama",
            Set.of("CODEX_OSS_BASE_URL", "CODEX_OSS_PORT"),
            "lmstudio",
            Set.of("CODEX_OSS_BASE_URL", "CODEX_OSS_PORT"));

    /** Keeps a wildcard in the configuration from opening the whole environment. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private CodexVariables() {}

    /** Reads the names; a configuration that can't be read names none, and codex itself will complain about it. */
    static Set<String> passed(Optional<String> homeConfig) {
        Map<String, Object> settings = homeConfig.map(CodexVariables::settings).orElse(Map.of());
        String provider = provider(settings);
        Set<String> names = new TreeSet<>(ALWAYS);
        names.addAll(provider.equals(OPENAI) ? OF_OPENAI : BUILT_IN.getOrDefault(provider, Set.of()));
        if (settings.get("model_providers") instanceof Map<?, ?> providers
                && providers.get(provider) instanceof Map<?, ?> table) {
            add(table.get("env_key"), names);
            if (table.get("env_http_headers") instanceof Map<?, ?> headers) {
                headers.values().forEach(name -> add(name, names));
            }
            if (Boolean.TRUE.equals(table.get("requires_openai_auth"))) {
                names.addAll(OF_OPENAI);
            }
        }
        return names;
    }

    /** Newer versions of codex refuse a file that chooses a profile; in earlier ones its provider wins. */
    private static String provider(Map<String, Object> settings) {
        if (settings.get("profile") instanceof String profile
                && settings.get("profiles") instanceof Map<?, ?> profiles
                && profiles.get(profile) instanceof Map<?, ?> chosen
                && chosen.get("model_provider") instanceof String named) {
            return named;
        }
        return settings.get("model_provider") instanceof String named ? named : OPENAI;
    }

    private static void add(@Nullable Object name, Set<String> names) {
        if (name instanceof String text && NAME.matcher(text).matches()) {
            names.add(text);
        }
    }

    private static Map<String, Object> settings(String toml) {
        try {
            return Toml.read(toml);
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }
}
