package skillrunner.domain.run;

import java.util.Objects;
import java.util.Optional;

/**
 * Proof of what an attempt wrote, made after its last process ended.
 *
 * @param attempt number of the attempt
 * @param exitCode exit code of the engine, if it left one
 * @param stdout the whole of stdout over all attempts so far
 * @param stderr the whole of stderr over all attempts so far
 */
public record RunReceipt(int attempt, Optional<Integer> exitCode, StreamReceipt stdout, StreamReceipt stderr) {
    /** Refuses null parts. */
    public RunReceipt {
        Objects.requireNonNull(exitCode);
        Objects.requireNonNull(stdout);
        Objects.requireNonNull(stderr);
    }
}
