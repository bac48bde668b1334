package skillrunner.application.run.execution;

import skillrunner.domain.run.ClaimPolicy;
import skillrunner.domain.run.Lease;
import skillrunner.domain.run.Run;

/** What a server has to know before it works on a run that others might work on. Safe for concurrent use; never blocks. */
public interface RunOwnership {
    /**
     * Returns the claim under which this server works on what it takes now.
     *
     * @return its name, and how long the claim is good
     */
    Lease claim();

    /**
     * Tells whether this server may take runs from the queue.
     *
     * @return false while it could not keep its claims good
     */
    boolean mayDispatch();

    /**
     * Tells whether this server may go on with a run after a restart.
     *
     * @param run a run that works
     * @return {@code OWN} if it may at once, {@code FREE} if it has to take it over first, {@code FOREIGN} if it may not
     */
    ClaimPolicy.Claim claimOn(Run run);
}
