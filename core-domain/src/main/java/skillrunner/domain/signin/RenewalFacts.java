package skillrunner.domain.signin;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a token that renews another one.
 *
 * @param accessEnds when what it renews ends; empty if nothing tells
 * @param unanswered whether it was sent and no answer is known of, be it that the server was killed
 * @param refused whether its provider has said that it renews nothing any more
 * @param notBefore until when it is left alone, after something else went wrong
 */
public record RenewalFacts(
        Optional<Instant> accessEnds, boolean unanswered, boolean refused, Optional<Instant> notBefore) {
    /** Refuses null parts. */
    public RenewalFacts {
        Objects.requireNonNull(accessEnds);
        Objects.requireNonNull(notBefore);
    }
}
