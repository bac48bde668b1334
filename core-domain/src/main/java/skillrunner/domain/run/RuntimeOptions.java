package skillrunner.domain.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.skill.ExecutionMode;

/**
 * How a run is to be carried out. Never part of the cache key: none of it changes the answer.
 *
 * @param executionMode whether the run may ask questions
 * @param requireUserReply whether a question must be answered by a person; present in interactive mode only
 * @param sessionTimeoutSeconds how long a question waits
 * @param hardTimeoutSeconds how long one turn may take, if the client chose a limit
 * @param noCache skip the look-up for an earlier run with the same input
 * @param debug bundle the whole run directory
 * @param debugKeepTemp keep a temporary skill after the run
 * @param verbose 0, 1 (stdout) or 2 (both streams): how much engine output goes to the server's log, if
 *     its operator allows that
 */
public record RuntimeOptions(
        ExecutionMode executionMode,
        Optional<Boolean> requireUserReply,
        int sessionTimeoutSeconds,
        Optional<Integer> hardTimeoutSeconds,
        boolean noCache,
        boolean debug,
        boolean debugKeepTemp,
        int verbose) {

    /** Refuses null parts and limits that are not positive. */
    public RuntimeOptions {
        Objects.requireNonNull(executionMode);
        Objects.requireNonNull(requireUserReply);
        if (sessionTimeoutSeconds < 1 || hardTimeoutSeconds.orElse(1) < 1) {
            throw new IllegalArgumentException("a timeout must be positive");
        }
    }

    /**
     * Reads back what {@link #toWire} wrote. What a client may ask for plays no part in it: a rule that became stricter must not
     * make a stored request unreadable.
     *
     * @param stored normalised options by wire name
     * @return the options
     * @throws NoSuchElementException if this is nothing that was written so
     */
    public static RuntimeOptions stored(Map<String, Object> stored) {
        return new RuntimeOptions(
                ExecutionMode.parse(String.valueOf(stored.get("execution_mode")))
                        .orElseThrow(),
                Optional.ofNullable(stored.get("interactive_require_user_reply"))
                        .map(Boolean.TRUE::equals),
                number(stored, "session_timeout_sec").orElseThrow(),
                number(stored, "hard_timeout_seconds"),
                Boolean.TRUE.equals(stored.get("no_cache")),
                Boolean.TRUE.equals(stored.get("debug")),
                Boolean.TRUE.equals(stored.get("debug_keep_temp")),
                number(stored, "verbose").orElse(0));
    }

    private static Optional<Integer> number(Map<String, Object> stored, String name) {
        return stored.get(name) instanceof Number number ? Optional.of(number.intValue()) : Optional.empty();
    }

    /**
     * Returns the normalised options by wire name.
     *
     * @return always with {@code execution_mode} and {@code session_timeout_sec}; the rest where it differs from the default
     */
    public Map<String, Object> toWire() {
        Map<String, Object> wire = new LinkedHashMap<>();
        wire.put("execution_mode", executionMode.wire());
        wire.put("session_timeout_sec", sessionTimeoutSeconds);
        requireUserReply.ifPresent(value -> wire.put("interactive_require_user_reply", value));
        hardTimeoutSeconds.ifPresent(value -> wire.put("hard_timeout_seconds", value));
        if (noCache) {
            wire.put("no_cache", true);
        }
        if (debug) {
            wire.put("debug", true);
        }
        if (debugKeepTemp) {
            wire.put("debug_keep_temp", true);
        }
        if (verbose > 0) {
            wire.put("verbose", verbose);
        }
        return wire;
    }
}
