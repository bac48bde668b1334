package skillrunner.application.terminal;

import java.time.Duration;
import java.util.Objects;

/**
 * How long things may take.
 *
 * @param life a session, at most
 * @param idle a session that nobody looks at
 * @param earlyEnd a program that ends sooner is started in another way, if there is one
 */
public record TerminalLimits(Duration life, Duration idle, Duration earlyEnd) {
    /** How soon a program ends that does not like how it was started. */
    public static final Duration EARLY_END = Duration.ofMillis(400);

    /** Refuses null parts. */
    public TerminalLimits {
        Objects.requireNonNull(life);
        Objects.requireNonNull(idle);
        Objects.requireNonNull(earlyEnd);
    }
}
