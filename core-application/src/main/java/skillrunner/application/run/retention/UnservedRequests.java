package skillrunner.application.run.retention;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import skillrunner.domain.run.RequestId;

/**
 * Removes requests that have no run because what they wait for never came. They go in the same two steps as runs do: a marked
 * request is not found any more, and is not bound to a run. Implementations are safe for concurrent use and fail as {@link
 * RunRemovals} says.
 */
public interface UnservedRequests {
    /** So many are on a page. */
    int PAGE = 100;

    /**
     * Marks requests without a run; one atomic step.
     *
     * @param before only those that came before this moment; empty for all
     * @param now when
     */
    void mark(Optional<Instant> before, Instant now);

    /**
     * Lists marked requests that have no run.
     *
     * @param after the last one of the page before; empty for the first page
     * @return at most {@link #PAGE} requests
     */
    List<RequestId> marked(Optional<RequestId> after);

    /**
     * Deletes the rows of marked requests; one atomic step.
     *
     * @param requests the requests; those that are not marked are left alone
     * @return how many were deleted
     */
    int delete(Collection<RequestId> requests);
}
