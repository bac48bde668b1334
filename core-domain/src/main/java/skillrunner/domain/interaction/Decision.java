package skillrunner.domain.interaction;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a question: there is one for each, and it never changes.
 *
 * @param response the answer as a plain value; empty for null, and if there is none because the run ended
 * @param decidedBy who took it
 * @param decidedAt when
 * @param key what its sender named it, so that it may be sent again
 */
public record Decision(Optional<Object> response, DecidedBy decidedBy, Instant decidedAt, Optional<String> key) {
    /** Refuses null parts. */
    public Decision {
        Objects.requireNonNull(response);
        Objects.requireNonNull(decidedBy);
        Objects.requireNonNull(decidedAt);
        Objects.requireNonNull(key);
    }

    /**
     * A decision that nobody sent.
     *
     * @param response the answer, if there is one
     * @param decidedBy who took it
     * @param decidedAt when
     */
    public Decision(Optional<Object> response, DecidedBy decidedBy, Instant decidedAt) {
        this(response, decidedBy, decidedAt, Optional.empty());
    }
}
