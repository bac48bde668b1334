package skillrunner.domain.run;

import java.time.Instant;
import java.util.Optional;

/**
 * Who may go on with a run that works, or whose engine keeps running for an answer. Its owner may at once, as long as the lease is good. Anybody may take over a run whose
 * lease is over, or that has none because an earlier version took it; whoever does raises the fence, so that of several
 * one gets it, and what the earlier owner still writes is refused.
 */
public final class ClaimPolicy {
    /** What a node has to do with a run. */
    public enum Claim {
        /** It is the owner and goes on. */
        OWN,
        /** Nobody has a good lease; whoever takes it over first goes on. */
        FREE,
        /** Another node goes on with it. */
        FOREIGN
    }

    private ClaimPolicy() {}

    /**
     * Decides.
     *
     * @param run the run as stored
     * @param node who asks
     * @param now when
     * @return what it has to do with the run
     */
    public static Claim of(Run run, NodeId node, Instant now) {
        Optional<Lease> good = run.lease().filter(lease -> lease.isGood(now));
        return good.map(lease -> lease.owner().equals(node) ? Claim.OWN : Claim.FOREIGN)
                .orElse(Claim.FREE);
    }

    /**
     * Takes a run over. This is no move: the run works, or waits with its engine, before and after, and it may be wished to end.
     *
     * @param run the run as stored
     * @param lease the claim of who takes it over
     * @param now when
     * @return what is to be stored, or empty if nobody carries the run out or it is not {@link Claim#FREE}
     */
    public static Optional<Run> takenOver(Run run, Lease lease, Instant now) {
        return run.isCarriedOut() && of(run, lease.owner(), now) == Claim.FREE
                ? Optional.of(run.takenOver(lease, now))
                : Optional.empty();
    }
}
