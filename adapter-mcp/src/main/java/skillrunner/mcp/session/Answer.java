package skillrunner.mcp.session;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** What a request of the endpoint is answered with. */
public sealed interface Answer {
    /**
     * An answer that is there.
     *
     * @param status of HTTP
     * @param headers values by name
     * @param json the body; empty for none
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on once and never compared
    record Whole(int status, Map<String, String> headers, byte[] json) implements Answer {
        /** Copies the headers. */
        public Whole {
            headers = Map.copyOf(headers);
            Objects.requireNonNull(json);
        }
    }

    /**
     * An answer that comes piece by piece, as server-sent events.
     *
     * @param opening opens the pieces; is given what is called when there may be another one. Called once at most
     */
    record Streamed(Function<Runnable, MessageFeed> opening) implements Answer {
        /** Refuses null. */
        public Streamed {
            Objects.requireNonNull(opening);
        }
    }
}
