package skillrunner.engines.opencode;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The variables from which opencode takes the secrets of its providers. */
final class OpencodeProviders {
    private static final Map<String, Set<String>> CATALOGUE = catalogue();

    private static final Set<String> VERTEX =
            Set.of("GOOGLE_CLOUD_LOCATION", "GOOGLE_CLOUD_PROJECT", "GOOGLE_VERTEX_LOCATION", "VERTEX_LOCATION");

    /** They open whole accounts, not only models. With what opencode reads for them beside its catalogue. */
    private static final Map<String, Set<String>> ACCOUNTS = Map.ofEntries(
            Map.entry("amazon-bedrock", Set.of("AWS_PROFILE", "AWS_SESSION_TOKEN")),
            Map.entry("azure", Set.of()),
            Map.entry("azure-cognitive-services", Set.of()),
            Map.entry("cloudflare-ai-gateway", Set.of()),
            Map.entry("cloudflare-workers-ai", Set.of()),
            Map.entry("databricks", Set.of()),
            Map.entry("digitalocean", Set.of()),
            Map.entry("github-copilot", Set.of()),
            Map.entry("github-models", Set.of("GITHUB_TOKEN")),
            Map.entry("gitlab", Set.of()),
            Map.entry("google-vertex", VERTEX),
            Map.entry("google-vertex-anthropic", VERTEX),
            Map.entry("hetzner", Set.of()),
            Map.entry("huggingface", Set.of()),
            Map.entry("neon", Set.of()),
            Map.entry("oci", Set.of()),
            Map.entry("ovhcloud", Set.of()),
            Map.entry("sap-ai-core", Set.of()),
            Map.entry("scaleway", Set.of()),
            Map.entry("snowflake-cortex", Set.of()),
            Map.entry("stackit", Set.of()),
            Map.entry("vultr", Set.of()),
            Map.entry("watsonx", Set.of()));

    private OpencodeProviders() {}

    /** Returns the variables of a provider's keys; none for one that is not known or that opens a whole account. */
    static Set<String> keys(String provider) {
        return ACCOUNTS.containsKey(provider) ? Set.of() : CATALOGUE.getOrDefault(provider, Set.of());
    }

    /** Returns all variables of a provider. */
    static Set<String> all(String provider) {
        Set<String> names = new TreeSet<>(CATALOGUE.getOrDefault(provider, Set.of()));
        names.addAll(ACCOUNTS.getOrDefault(provider, Set.of()));
        return names;
    }

    private static Map<String, Set<String>> catalogue() {
        Properties lines = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(OpencodeProviders.class.getResourceAsStream("providers.properties")),
                StandardCharsets.UTF_8)) {
            lines.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Set<String>> catalogue = new TreeMap<>();
        for (String provider : lines.stringPropertyNames()) {
            catalogue.put(provider, Set.of(lines.getProperty(provider).split(" ")));
        }
        return catalogue;
    }
}
