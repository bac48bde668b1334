package skillrunner.domain.run;

import java.util.Objects;

/**
 * Proof of one stream: a client that holds this many bytes with this digest holds everything.
 *
 * @param bytes length in bytes
 * @param sha256 digest of all bytes, 64 lower-case hex digits
 */
public record StreamReceipt(long bytes, String sha256) {
    /** Refuses a negative length. */
    public StreamReceipt {
        Objects.requireNonNull(sha256);
        if (bytes < 0) {
            throw new IllegalArgumentException("negative length");
        }
    }
}
