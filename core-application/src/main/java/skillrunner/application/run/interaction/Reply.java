package skillrunner.application.run.interaction;

import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.run.IdempotencyKey;

/**
 * What a user answers.
 *
 * @param number the question
 * @param response the answer as a plain value; empty for null
 * @param key what its sender calls it, so that it may be sent again
 */
public record Reply(int number, Optional<Object> response, Optional<IdempotencyKey> key) {
    /** Refuses null parts. */
    public Reply {
        Objects.requireNonNull(response);
        Objects.requireNonNull(key);
    }
}
