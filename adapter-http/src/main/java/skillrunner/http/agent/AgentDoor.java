package skillrunner.http.agent;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Whoever answers other agents. Implementations are safe for concurrent use. */
@FunctionalInterface
public interface AgentDoor {
    /**
     * Answers a request that passed every guard.
     *
     * @param method of HTTP
     * @param header finds the value of a header
     * @param body the whole body; may be empty
     * @return the answer
     */
    Reply answer(String method, Function<String, Optional<String>> header, byte[] body);

    /** An answer. */
    sealed interface Reply {}

    /**
     * An answer that is there.
     *
     * @param status of HTTP
     * @param headers beside the content type
     * @param json the body; empty for none
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on once and never compared
    record Whole(int status, Map<String, String> headers, byte[] json) implements Reply {
        /** Copies the headers. */
        public Whole {
            headers = Map.copyOf(headers);
            Objects.requireNonNull(json);
        }
    }

    /**
     * An answer that comes as server-sent events.
     *
     * @param opening opens them; is given what is called when there may be another one
     */
    record Streamed(Function<Runnable, Events> opening) implements Reply {
        /** Refuses null. */
        public Streamed {
            Objects.requireNonNull(opening);
        }
    }

    /** Events, one after another. Used by one thread at a time; blocks on nothing. */
    interface Events extends AutoCloseable {
        /**
         * Returns what is sent next.
         *
         * @return the bytes of a whole event; empty if there is nothing to tell now
         */
        Optional<byte[]> next();

        /**
         * Tells whether nothing will follow.
         *
         * @return true once everything was told
         */
        boolean finished();

        @Override
        void close();
    }
}
