package skillrunner.application.run.retention;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RetentionPolicy;
import skillrunner.domain.run.RunId;

/**
 * Removes the rows of runs in two steps. A marked run, and the requests that it serves, are found by no other port from that
 * moment on; their rows are still there until they are deleted. Implementations are safe for concurrent use.
 *
 * <p>Any method throws {@link skillrunner.application.storage.StorageFullException} if the disk is full, and {@link
 * skillrunner.application.storage.UnavailableException} if the database can't be used at the moment; then nothing was
 * changed.
 */
public interface RunRemovals {
    /** So many runs are on a page. */
    int PAGE = 100;

    /**
     * A marked run.
     *
     * @param run the run
     * @param requests all requests that it serves
     */
    record Marked(RunId run, List<RequestId> requests) {
        /** Copies the list. */
        public Marked {
            requests = List.copyOf(requests);
        }
    }

    /**
     * Tells how many runs were ever stored.
     *
     * @return a number; every run that is stored later is beyond it
     */
    long horizon();

    /**
     * Lists runs that have ended and are not marked.
     *
     * @param after the last run of the page before, whatever became of it; empty for the first page
     * @param horizon only runs that were stored before this number was given
     * @return at most {@link #PAGE} runs, the one that ended first first
     */
    List<RetentionPolicy.EndedRun> ended(Optional<RunId> after, long horizon);

    /**
     * Adds up the runs that have ended and are not marked.
     *
     * @return all of them
     */
    RetentionPolicy.Kept kept();

    /**
     * Marks runs as being removed, as far as they have ended; one atomic step. From then on they are not found, and neither are
     * their requests, nor what was said under these requests' keys; no request is bound to them.
     *
     * @param runs the runs
     * @param now when
     */
    void mark(Collection<RunId> runs, Instant now);

    /**
     * Lists marked runs.
     *
     * @param after the last run of the page before; empty for the first page
     * @return at most {@link #PAGE} runs
     */
    List<Marked> marked(Optional<RunId> after);

    /**
     * Deletes every row of marked runs: attempts, cache entries, requests, and the runs themselves; one atomic step.
     *
     * @param runs the runs; those that are not marked are left alone
     * @return what was deleted
     */
    Removed delete(Collection<RunId> runs);

    /**
     * Lists runs that have ended, are not marked, and whose folders nobody has measured.
     *
     * @param after the last run of the page before, whatever became of it; empty for the first page
     * @return some of them, by id; none only if there are no more
     */
    List<RunId> unmeasured(Optional<RunId> after);

    /**
     * Remembers what the folder of a run holds.
     *
     * @param run a run that has ended
     * @param bytes what its folder holds
     */
    void remember(RunId run, long bytes);
}
