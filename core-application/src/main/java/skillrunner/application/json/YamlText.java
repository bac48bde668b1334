package skillrunner.application.json;

import java.util.Map;
import java.util.Optional;

/** Reads YAML that somebody else wrote, as plain values and no more: no tags, no types, bounded in size and depth. */
public interface YamlText {
    /**
     * Reads a mapping.
     *
     * @param text any text
     * @return its members with names that are texts; empty if it is no mapping or no YAML that is accepted
     */
    Optional<Map<String, Object>> parseObject(String text);
}
