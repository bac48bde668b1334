package skillrunner.domain.skill;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The members of an answer that name a file of the agent's own choice: those with {@code x-type} and without {@code
 * x-filename}.
 */
public final class AnswerFileKeys {
    private AnswerFileKeys() {}

    /**
     * Lists them.
     *
     * @param outputSchema the schema as plain values
     * @return keys of top-level properties, in their order
     */
    public static Set<String> in(Map<String, ?> outputSchema) {
        Set<String> keys = new LinkedHashSet<>();
        if (outputSchema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((key, property) -> {
                if (property instanceof Map<?, ?> object
                        && object.get("x-type") != null
                        && object.get("x-filename") == null) {
                    keys.add(String.valueOf(key));
                }
            });
        }
        return keys;
    }
}
