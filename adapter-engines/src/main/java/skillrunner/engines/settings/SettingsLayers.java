package skillrunner.engines.settings;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settings in layers: a later layer wins, key by key, and its keys come after those that are only below it, since some
 * engines let the last rule decide. Lists are replaced whole. Not safe for concurrent use.
 */
public final class SettingsLayers {
    private final Map<String, Object> merged = new LinkedHashMap<>();

    /** Starts without any setting. */
    public SettingsLayers() {}

    /**
     * Lays settings over those that are there.
     *
     * @param layer the settings; not kept and not changed
     * @return this
     */
    public SettingsLayers lay(Map<?, ?> layer) {
        lay(merged, layer);
        return this;
    }

    /**
     * Returns what the layers come to.
     *
     * @return the settings
     */
    public Map<String, Object> settings() {
        return merged;
    }

    private static void lay(Map<String, Object> below, Map<?, ?> above) {
        above.forEach((key, value) -> {
            String name = String.valueOf(key);
            Object replaced = below.remove(name);
            if (value instanceof Map<?, ?> table) {
                Map<String, Object> inner = new LinkedHashMap<>();
                if (replaced instanceof Map<?, ?> present) {
                    lay(inner, present);
                }
                lay(inner, table);
                below.put(name, inner);
            } else {
                below.put(name, value);
            }
        });
    }
}
