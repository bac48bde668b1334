package skillrunner.mcp.tool;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a call comes to.
 *
 * @param structured for programs, plain values
 * @param text the same for models and people
 * @param artifacts addresses of what the run left, and the names of these files
 * @param error whether the tool did not do what it is for
 */
record ToolAnswer(Map<String, Object> structured, String text, Map<String, String> artifacts, boolean error) {
    /** Copies the collections and refuses null parts. */
    ToolAnswer {
        structured = Collections.unmodifiableMap(new LinkedHashMap<>(structured));
        Objects.requireNonNull(text);
        artifacts = Collections.unmodifiableMap(new LinkedHashMap<>(artifacts));
    }

    static ToolAnswer of(Map<String, Object> structured, String text) {
        return new ToolAnswer(structured, text, Map.of(), false);
    }

    static ToolAnswer failed(Map<String, Object> structured, List<String> sentences) {
        return new ToolAnswer(structured, String.join("\n", sentences), Map.of(), true);
    }
}
