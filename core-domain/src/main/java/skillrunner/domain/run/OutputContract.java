package skillrunner.domain.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the output of a turn is judged by.
 *
 * @param schema the output schema as plain values; an empty one fits everything
 * @param requiredArtifacts files that must be there, as {@code artifacts/...}
 */
public record OutputContract(Map<String, Object> schema, List<String> requiredArtifacts) {
    /** Copies the collections. */
    public OutputContract {
        schema = Collections.unmodifiableMap(new LinkedHashMap<>(schema));
        requiredArtifacts = List.copyOf(requiredArtifacts);
    }
}
