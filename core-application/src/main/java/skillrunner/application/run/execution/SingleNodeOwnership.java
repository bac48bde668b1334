package skillrunner.application.run.execution;

import java.time.Clock;
import java.util.Objects;
import skillrunner.domain.run.ClaimPolicy;
import skillrunner.domain.run.Lease;
import skillrunner.domain.run.NodeId;
import skillrunner.domain.run.Run;

/**
 * The answers of a server that is alone with its data directory, which a lock makes sure of. Its claims never end by
 * themselves, so none has to be renewed, and whoever starts next on the directory is the same node and goes on at once.
 */
public final class SingleNodeOwnership implements RunOwnership {
    private final Lease claim;
    private final Clock clock;

    /**
     * Takes a name.
     *
     * @param node the same at every start on the data directory
     * @param clock tells whether another's claim is over
     */
    public SingleNodeOwnership(NodeId node, Clock clock) {
        this.claim = new Lease(node, Lease.WITHOUT_END);
        this.clock = Objects.requireNonNull(clock);
    }

    @Override
    public Lease claim() {
        return claim;
    }

    @Override
    public boolean mayDispatch() {
        return true;
    }

    @Override
    public ClaimPolicy.Claim claimOn(Run run) {
        return ClaimPolicy.of(run, claim.owner(), clock.instant());
    }
}
