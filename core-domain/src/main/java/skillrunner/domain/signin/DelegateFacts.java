package skillrunner.domain.signin;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is seen of an engine's own program that signs it in. Times say how long ago something was, or that the program began.
 *
 * @param over whether nothing more comes of it
 * @param exitCode how it ended, if it has and that is known
 * @param done since when it says that it is done
 * @param asked whether its user has something to do, or had
 * @param shows whether anything can be read on its screen
 * @param output when it wrote something
 * @param known when something was seen that is known
 * @param deed when the server or its user did something
 */
public record DelegateFacts(
        boolean over,
        OptionalInt exitCode,
        Optional<Duration> done,
        boolean asked,
        boolean shows,
        Duration output,
        Duration known,
        Duration deed) {
    /** Refuses null parts. */
    public DelegateFacts {
        Objects.requireNonNull(exitCode);
        Objects.requireNonNull(done);
        Objects.requireNonNull(output);
        Objects.requireNonNull(known);
        Objects.requireNonNull(deed);
    }
}
