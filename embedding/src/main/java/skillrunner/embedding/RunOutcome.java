package skillrunner.embedding;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunStatus;

/**
 * What a run came to, or asks its user.
 *
 * @param run the run
 * @param status where it stands: succeeded, failed, canceled or waiting for its user
 * @param result the document that {@code GET /v1/jobs/{id}/result} shows as {@code result}, as plain values
 */
public record RunOutcome(RunId run, RunStatus status, Map<String, Object> result) {
    /** Copies the document and refuses null parts. */
    public RunOutcome {
        Objects.requireNonNull(run);
        Objects.requireNonNull(status);
        result = Collections.unmodifiableMap(new LinkedHashMap<>(result));
    }

    /**
     * Returns the answer, which fits the skill's schema.
     *
     * @return it; empty unless the run succeeded
     */
    @SuppressWarnings("unchecked")
    public Optional<Map<String, Object>> answer() {
        return result.get("data") instanceof Map<?, ?> data
                ? Optional.of((Map<String, Object>) data)
                : Optional.empty();
    }

    /**
     * Returns why there is no answer.
     *
     * @return code and message; empty if the run succeeded or waits
     */
    public Optional<String> failure() {
        return result.get("error") instanceof Map<?, ?> error
                ? Optional.of(error.get("code") + ": " + error.get("message"))
                : Optional.empty();
    }

    /**
     * Returns the files that the run left for its user.
     *
     * @return paths that begin with {@code artifacts/}, sorted
     */
    public List<String> artifacts() {
        return result.get("artifacts") instanceof List<?> paths
                ? paths.stream().map(String::valueOf).toList()
                : List.of();
    }
}
