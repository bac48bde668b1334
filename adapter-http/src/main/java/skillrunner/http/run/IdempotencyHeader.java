package skillrunner.http.run;

import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.IdempotencyKey;

/** {@code Idempotency-Key}: the client's own name for a request, under which it may send it again. */
final class IdempotencyHeader {
    private static final String NAME = "Idempotency-Key";

    private IdempotencyHeader() {}

    /** @throws RefusedException if there is more than one or the only one is no key */
    static Optional<IdempotencyKey> read(Context ctx) {
        List<String> sent = Collections.list(ctx.req().getHeaders(NAME));
        if (sent.isEmpty()) {
            return Optional.empty();
        }
        Optional<IdempotencyKey> key = sent.size() == 1 ? IdempotencyKey.parse(sent.get(0)) : Optional.empty();
        if (key.isEmpty()) {
            throw new RefusedException(
                    ErrorCode.REQUEST_INVALID,
                    "The header " + NAME + " must be there once at most, with 1 to 255 visible ASCII characters");
        }
        return key;
    }
}
