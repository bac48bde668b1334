package skillrunner.e2eclient.recording;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a person did with one run.
 *
 * @param requestId the run's request
 * @param createdAt when it began, as it was written
 * @param updatedAt when something was added last, as it was written
 * @param steps what was done, in order
 * @param document all of it as it lies in its file
 */
public record Recording(
        String requestId, String createdAt, String updatedAt, List<RecordedStep> steps, JsonNode document) {
    /** Copies the list and refuses null parts. */
    public Recording {
        Objects.requireNonNull(requestId);
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(updatedAt);
        Objects.requireNonNull(document);
        steps = List.copyOf(steps);
    }

    /**
     * Returns the skill that was asked for.
     *
     * @return its id, or empty if that step is not there
     */
    public String skill() {
        return steps.stream()
                .filter(step -> step.action().equals(Action.CREATE_RUN.word()))
                .findFirst()
                .map(step -> step.request().path("skill_id").asString(""))
                .orElse("");
    }

    /**
     * Tells whether somebody saw how it ended.
     *
     * @return false for a recording that is only half of one
     */
    public boolean isFinished() {
        return steps.stream()
                .anyMatch(step -> step.action().equals(Action.RESULT_READ.word())
                        && step.response().path("has_result").asBoolean(false));
    }

    /**
     * Returns the last step.
     *
     * @return it, or empty if there is none
     */
    public Optional<RecordedStep> last() {
        return steps.isEmpty() ? Optional.empty() : Optional.of(steps.get(steps.size() - 1));
    }
}
