package skillrunner.engines.settings;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A way into nested settings, such as {@code tools.sandbox}. */
public final class SettingsPath {
    /** Any key, whatever its name. */
    public static final String ANY = "*";

    private SettingsPath() {}

    /**
     * Tells whether settings say anything at the end of a way.
     *
     * @param settings plain values
     * @param path the keys on the way, at least one; {@link #ANY} stands for every key
     * @return true if there is a value, be it null
     */
    public static boolean isSet(Map<?, ?> settings, List<String> path) {
        List<String> rest = path.subList(1, path.size());
        if (path.get(0).equals(ANY)) {
            return settings.values().stream().anyMatch(value -> reaches(value, rest));
        }
        return settings.containsKey(path.get(0)) && reaches(settings.get(path.get(0)), rest);
    }

    private static boolean reaches(@Nullable Object value, List<String> rest) {
        return rest.isEmpty() || (value instanceof Map<?, ?> table && isSet(table, rest));
    }
}
