package skillrunner.application.run.retention;

import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunId;

/**
 * Things that somebody keeps for runs or for requests, outside of their rows, and that have to go with them. Each removal may be
 * repeated, and does nothing where nothing is kept. Implementations are safe for concurrent use.
 */
public interface Belongings {
    /**
     * Removes what is kept for a run.
     *
     * @param run a run that nobody can see any more
     * @throws java.io.UncheckedIOException if something is left; the removal is tried again later
     */
    void removeOf(RunId run);

    /**
     * Removes what is kept for a request.
     *
     * @param request a request that nobody can see any more
     * @throws java.io.UncheckedIOException if something is left; the removal is tried again later
     */
    void removeOf(RequestId request);
}
