package skillrunner.engines.codex;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Writes settings as {@code dotted.key=value}. Codex cuts the key at every dot and knows no quotes in it, so a table
 * with any other than plain keys is written as one inline table.
 */
final class CodexOverrides {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

    private CodexOverrides() {}

    /**
     * Returns the overrides, sorted by key.
     *
     * @throws IllegalArgumentException if a key of the top level can't be written
     */
    static List<String> of(Map<String, Object> settings) {
        List<String> overrides = new ArrayList<>();
        new TreeMap<>(settings).forEach((key, value) -> {
            if (!PLAIN.matcher(key).matches()) {
                throw new IllegalArgumentException("codex has no setting '" + key + "'");
            }
            add(overrides, key, value);
        });
        return overrides;
    }

    private static void add(List<String> overrides, String path, Object value) {
        if (value instanceof Map<?, ?> table
                && !table.isEmpty()
                && table.keySet().stream()
                        .allMatch(key -> PLAIN.matcher(String.valueOf(key)).matches())) {
            Map<String, Object> sorted = new TreeMap<>();
            table.forEach((key, entry) -> sorted.put(String.valueOf(key), entry));
            sorted.forEach((key, entry) -> add(overrides, path + "." + key, entry));
        } else {
            overrides.add(path + "=" + Toml.inline(value));
        }
    }
}
