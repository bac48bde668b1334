package skillrunner.e2eclient.recording;

import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * One thing a person did.
 *
 * @param at when, as it was written
 * @param action what; see {@link Action}, or a word of another version
 * @param ok whether the server did it
 * @param request what was sent
 * @param response what was answered
 */
public record RecordedStep(String at, String action, boolean ok, JsonNode request, JsonNode response) {
    /** Refuses null parts. */
    public RecordedStep {
        Objects.requireNonNull(at);
        Objects.requireNonNull(action);
        Objects.requireNonNull(request);
        Objects.requireNonNull(response);
    }
}
