package skillrunner.domain.journal;

import java.util.List;
import java.util.Objects;

/**
 * How a turn is classified.
 *
 * @param state what it came to
 * @param reason a stable word
 * @param diagnostics what is to be warned of
 */
public record Completion(State state, String reason, List<DiagnosticCode> diagnostics) {
    /** Of a turn that still works. */
    public static final Completion RUNNING = new Completion(State.UNKNOWN, "RUNNING", List.of());

    /** What a turn came to. */
    public enum State {
        /** It was finished. */
        COMPLETED("completed"),
        /** It was ended before it was finished. */
        INTERRUPTED("interrupted"),
        /** It goes on once its user answers. */
        AWAITING_USER_INPUT("awaiting_user_input"),
        /** Nothing tells. */
        UNKNOWN("unknown");

        private final String wire;

        State(String wire) {
            this.wire = wire;
        }

        /**
         * Returns the name on the wire.
         *
         * @return lower case
         */
        public String wire() {
            return wire;
        }
    }

    /** Copies the list and refuses null parts. */
    public Completion {
        Objects.requireNonNull(state);
        Objects.requireNonNull(reason);
        diagnostics = List.copyOf(diagnostics);
    }
}
