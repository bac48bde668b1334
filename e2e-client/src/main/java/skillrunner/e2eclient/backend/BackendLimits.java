package skillrunner.e2eclient.backend;

import java.time.Duration;
import java.util.Objects;

/**
 * What an answer of the server may take.
 *
 * @param connecting how long a connection may take
 * @param answering how long an answer may take to begin, and to end
 * @param taking how long nothing of an upload may be taken, and how long an answer to it may take to begin
 * @param silence how long a stream may say nothing, from the beginning on; longer than the server's heartbeat
 * @param bytes how large an answer may be that is not streamed
 */
public record BackendLimits(Duration connecting, Duration answering, Duration taking, Duration silence, int bytes) {
    /** What a server that is well stays far below of. */
    public static final BackendLimits DEFAULT = new BackendLimits(
            Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(45), Duration.ofSeconds(60), 4 << 20);

    /** Refuses null parts. */
    public BackendLimits {
        Objects.requireNonNull(connecting);
        Objects.requireNonNull(answering);
        Objects.requireNonNull(taking);
        Objects.requireNonNull(silence);
    }
}
