package skillrunner.mcp.tool;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.IdempotencyKey;

/** What a client says about a call beside its arguments ({@code _meta}). */
final class CallMeta {
    /** The client's own name for the call, under which it may make it again. */
    static final String IDEMPOTENCY_KEY = "dev.skillrunner/idempotency_key";

    /** What progress tells of, beside its words. */
    static final String REQUEST = "dev.skillrunner/request_id";

    private CallMeta() {}

    /** @throws RefusedException if there is a key that can't be one */
    static Optional<IdempotencyKey> key(Map<String, ? extends @Nullable Object> meta) {
        Object value = meta.get(IDEMPOTENCY_KEY);
        if (value == null) {
            return Optional.empty();
        }
        Optional<IdempotencyKey> key = value instanceof String text ? IdempotencyKey.parse(text) : Optional.empty();
        if (key.isEmpty()) {
            throw RefusedException.invalid(
                    "/_meta/dev.skillrunner~1idempotency_key", "must be 1 to 255 visible ASCII characters");
        }
        return key;
    }
}
