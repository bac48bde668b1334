package skillrunner.application.run.admission;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

/** Accepts a request under a key once, and tells whoever sends it again what was told then. Safe for concurrent use. */
final class OncePerKey {
    private final RunRequests requests;

    OncePerKey(RunRequests requests) {
        this.requests = Objects.requireNonNull(requests);
    }

    /**
     * Accepts a request unless it was accepted before.
     *
     * @param use the key and what is asked under it, if the client gave one
     * @param accept accepts it; empty if another request under the key was accepted meanwhile
     * @return what the client is told
     * @throws RefusedException with {@code IDEMPOTENCY_KEY_REUSED}, or as {@code accept} does
     */
    Acceptance once(Optional<KeyUse> use, Function<Optional<KeyUse>, Optional<Acceptance>> accept) {
        return use.flatMap(this::told)
                .or(() -> accept.apply(use))
                // Empty only if another request under the key was stored meanwhile; then it is found.
                .orElseGet(() -> use.flatMap(this::told).orElseThrow());
    }

    private Optional<Acceptance> told(KeyUse use) {
        return requests.acceptedUnder(use.key()).map(earlier -> {
            if (!earlier.question().equals(use.question())) {
                throw new RefusedException(
                        ErrorCode.IDEMPOTENCY_KEY_REUSED,
                        "The Idempotency-Key was used for a request with another body; take a new key");
            }
            return earlier.acceptance();
        });
    }
}
