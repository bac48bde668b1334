package skillrunner.engines.codex;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says which variables of the server codex may see: those it reads itself and those its configuration names. */
final class CodexVariables {
    private static final Set<String> OWN = Set.of(
            "CODEX_ACCESS_TOKEN",
            "CODEX_API_KEY",
            "CODEX_CA_CERTIFICATE",
            "OPENAI_API_KEY",
            "OPENAI_BASE_URL",
            "OPENAI_ORGANIZATION",
            "OPENAI_PROJECT",
            "RUST_LOG");

    /** With any of these codex may need no sign-in. */
    static final Set<String> CREDENTIALS =
            Set.of("CODEX_ACCESS_TOKEN", "CODEX_API_KEY", "OPENAI_API_KEY", "OPENAI_BASE_URL");

    /** Keeps a wildcard in the configuration from opening the whole environment. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private CodexVariables() {}

    /** Reads the names; a configuration that can't be read names none, and codex itself will complain about it. */
    static Set<String> passed(Optional<String> homeConfig) {
        Set<String> names = new TreeSet<>(OWN);
        homeConfig.map(CodexVariables::settings).ifPresent(settings -> {
            if (settings.get("model_providers") instanceof Map<?, ?> providers) {
                providers.values().forEach(provider -> addNamedBy(provider, names));
            }
        });
        return names;
    }

    private static void addNamedBy(Object provider, Set<String> names) {
        if (provider instanceof Map<?, ?> table) {
            add(table.get("env_key"), names);
            if (table.get("env_http_headers") instanceof Map<?, ?> headers) {
                headers.values().forEach(name -> add(name, names));
            }
        }
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
