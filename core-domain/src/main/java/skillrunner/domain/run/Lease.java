package skillrunner.domain.run;

import java.time.Instant;
import java.util.Objects;

/**
 * A node's claim on a run that somebody has to carry out. While it is good, nobody else goes on with the run.
 *
 * @param owner who carries the run out
 * @param until from this moment on the claim counts for nothing, unless it was renewed
 */
public record Lease(NodeId owner, Instant until) {
    /** The last moment of a claim that never ends by itself: of a node that nobody else could take over from. */
    public static final Instant WITHOUT_END = Instant.parse("9999-12-31T23:59:59.999999Z");

    /** Refuses null parts. */
    public Lease {
        Objects.requireNonNull(owner);
        Objects.requireNonNull(until);
    }

    /**
     * Tells whether the claim counts.
     *
     * @param now when
     * @return false once it is over
     */
    public boolean isGood(Instant now) {
        return now.isBefore(until);
    }
}
