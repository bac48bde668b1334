package skillrunner.domain.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the output of a turn is judged by.
 *
 * @param schema the output schema as plain values; an empty one fits everything
 * @param requiredArtifacts files that must be there, as {@code artifacts/...}
 * @param maxAttempt the last turn that may end with a question; without it any may
 */
public record OutputContract(Map<String, Object> schema, List<String> requiredArtifacts, Optional<Integer> maxAttempt) {
    /** Copies the collections and refuses null. */
    public OutputContract {
        Objects.requireNonNull(maxAttempt);
        schema = Collections.unmodifiableMap(new LinkedHashMap<>(schema));
        requiredArtifacts = List.copyOf(requiredArtifacts);
    }

    /**
     * A contract that does not limit questions.
     *
     * @param schema the output schema as plain values
     * @param requiredArtifacts files that must be there
     */
    public OutputContract(Map<String, Object> schema, List<String> requiredArtifacts) {
        this(schema, requiredArtifacts, Optional.empty());
    }
}
