package skillrunner.mcp.session;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request that came to the endpoint. Who may send it was looked at before.
 *
 * @param method {@code GET}, {@code POST} or {@code DELETE}
 * @param header finds the value of a header
 * @param body the whole body; may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once and never compared
public record Incoming(String method, Function<String, Optional<String>> header, byte[] body) {
    /** Refuses null parts. */
    public Incoming {
        Objects.requireNonNull(method);
        Objects.requireNonNull(header);
        Objects.requireNonNull(body);
    }
}
