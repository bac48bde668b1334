package skillrunner.mcp.tool;

import java.util.Map;
import java.util.Objects;

/**
 * A tool as clients are told of it.
 *
 * @param name for programs
 * @param title for people
 * @param description what it does, for models
 * @param input the schema of its arguments, plain values
 * @param output the schema of its answers
 * @param readOnly whether it changes nothing
 */
record ToolSpec(
        String name,
        String title,
        String description,
        Map<String, Object> input,
        Map<String, Object> output,
        boolean readOnly) {
    /** Refuses null parts. */
    ToolSpec {
        Objects.requireNonNull(name);
        Objects.requireNonNull(title);
        Objects.requireNonNull(description);
        Objects.requireNonNull(input);
        Objects.requireNonNull(output);
    }
}
