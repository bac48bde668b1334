package skillrunner.domain.run;

import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.problem.Excerpt;

/**
 * Why and how a run ended without success.
 *
 * @param code the stable reason
 * @param message one or more sentences for people; at most {@value #MAX_MESSAGE} characters
 * @param stderr the end of what the engine wrote to stderr, if anything; at most {@value #MAX_STDERR} characters
 */
public record RunFailure(RunFailureCode code, String message, Optional<String> stderr) {
    /** Longest message kept, in characters. */
    public static final int MAX_MESSAGE = 16 * 1024;

    /** Longest stderr tail kept, in characters. */
    public static final int MAX_STDERR = 64 * 1024;

    /** Cuts what is too long and refuses null parts. */
    public RunFailure {
        Objects.requireNonNull(code);
        message = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
        stderr = stderr.filter(text -> !text.isBlank())
                .map(text -> text.length() <= MAX_STDERR ? text : text.substring(text.length() - MAX_STDERR));
    }

    /**
     * A failure without engine output.
     *
     * @param code the stable reason
     * @param message what happened
     */
    public RunFailure(RunFailureCode code, String message) {
        this(code, message, Optional.empty());
    }

    /**
     * Leaves out what is long.
     *
     * @param maxMessage so much of the message stays, in characters
     * @return the same failure without stderr
     */
    public RunFailure briefly(int maxMessage) {
        return new RunFailure(code, Excerpt.of(message, maxMessage));
    }

    /**
     * Adds what the engine wrote to stderr.
     *
     * @param text the end of stderr
     * @return the same failure with it
     */
    public RunFailure withStderr(String text) {
        return new RunFailure(code, message, Optional.of(text));
    }
}
