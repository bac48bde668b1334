package skillrunner.domain.run;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.skill.ExecutionMode;

/**
 * How answers reach the engine of a run that may ask.
 *
 * @param kind in which way
 * @param sessionTimeoutSeconds how long a question waits
 */
public record InteractiveProfile(Kind kind, int sessionTimeoutSeconds) {
    /** The ways there are. */
    public enum Kind {
        /** Each turn is a process of its own, which takes the conversation up again. */
        RESUMABLE("resumable", "driver_resumes_sessions"),
        /** One process takes all turns: it keeps running while the run waits, and reads the answer. */
        STICKY_PROCESS("sticky_process", "driver_keeps_process");

        private final String wire;
        private final String reason;

        Kind(String wire, String reason) {
            this.wire = wire;
            this.reason = reason;
        }

        /**
         * Returns the name on the wire and in the database.
         *
         * @return for example {@code resumable}
         */
        public String wire() {
            return wire;
        }

        /**
         * Reads a name that we wrote ourselves.
         *
         * @param text the name
         * @return the way
         * @throws IllegalArgumentException for a name that is none of ours
         */
        public static Kind of(String text) {
            return Arrays.stream(values())
                    .filter(kind -> kind.wire.equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("not a way to hand over answers: " + text));
        }
    }

    /** Refuses null parts and a limit that is not positive. */
    public InteractiveProfile {
        Objects.requireNonNull(kind);
        if (sessionTimeoutSeconds < 1) {
            throw new IllegalArgumentException("a timeout must be positive");
        }
    }

    /**
     * The profile of a run.
     *
     * @param options how it is carried out
     * @param kind how its engine takes answers
     * @return its profile, or empty if it may not ask
     */
    public static Optional<InteractiveProfile> of(RuntimeOptions options, Kind kind) {
        return options.executionMode() == ExecutionMode.INTERACTIVE
                ? Optional.of(new InteractiveProfile(kind, options.sessionTimeoutSeconds()))
                : Optional.empty();
    }

    /**
     * Writes it for files and clients.
     *
     * @return plain values by name
     */
    public Map<String, Object> toPlain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("kind", kind.wire);
        plain.put("reason", kind.reason);
        plain.put("session_timeout_sec", sessionTimeoutSeconds);
        return plain;
    }
}
