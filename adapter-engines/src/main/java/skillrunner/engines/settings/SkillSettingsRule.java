package skillrunner.engines.settings;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a skill may set of an engine's settings: everything below some top-level keys, but for some places that reach beyond
 * the skill's own run.
 *
 * @param allowed the top-level keys
 * @param refused places below them, dotted; {@code *} stands for any key
 */
public record SkillSettingsRule(Set<String> allowed, List<String> refused) {
    /** Copies the collections. */
    public SkillSettingsRule {
        allowed = Set.copyOf(allowed);
        refused = List.copyOf(refused);
    }

    /**
     * Reads a skill's settings file.
     *
     * @param file names the file in the message of a failure
     * @param text its content
     * @return the settings
     * @throws IllegalArgumentException if they are not a JSON object or reach for what is not theirs
     */
    public Map<String, Object> read(String file, String text) {
        Map<String, Object> settings = JsonSettings.read(file, text);
        for (String key : new TreeSet<>(settings.keySet())) {
            if (!allowed.contains(key)) {
                throw new IllegalArgumentException(file + " must not set '" + key + "'");
            }
        }
        for (String place : refused) {
            if (SettingsPath.isSet(settings, List.of(place.split("\\.")))) {
                throw new IllegalArgumentException(file + " must not set '" + place + "'");
            }
        }
        return settings;
    }
}
