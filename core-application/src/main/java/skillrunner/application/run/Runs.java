package skillrunner.application.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.domain.run.Lease;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunChange;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;

/**
 * Remembers runs, and the requests that caused them, across restarts. What a method returned from is on disk. Implementations
 * are safe for concurrent use by the threads of one server. Each change is stored on its condition in one atomic step, and a
 * run that works has an owner with a lease, so that several servers neither make a change twice nor work on one run; an
 * implementation that remembers rows in memory says whether it counts on being the only one.
 *
 * <p>Any method throws {@link skillrunner.application.storage.StorageFullException} if the disk is full, and {@link
 * skillrunner.application.storage.UnavailableException} if the database can't be used at the moment; then nothing was
 * changed. What can't be read in a row is replaced by a neutral value and logged, so that it takes no other row with it.
 */
public interface Runs {
    /** What became of a wish to end a run. */
    enum Cancellation {
        /** Nobody carried the run out, and it is canceled now. */
        CANCELED,
        /** The run works; the wish is stored and will be met. */
        REQUESTED,
        /** The wish was stored before. */
        ALREADY_REQUESTED,
        /** The run had ended; nothing was changed. */
        ENDED
    }

    /**
     * Finds a request.
     *
     * @param id its id
     * @return the request, or empty
     */
    Optional<RunRequest> findRequest(RequestId id);

    /**
     * Finds a run.
     *
     * @param id its id
     * @return the run, or empty
     */
    Optional<Run> find(RunId id);

    /**
     * Gives the oldest queued run to a server by {@link Run#taken}, with the first start of its preparation counted. One
     * atomic step, so that each run is taken once.
     *
     * @param claim the server's claim on it
     * @param now when
     * @return the run after it, or empty if none is queued
     */
    Optional<Run> takeNextQueued(Lease claim, Instant now);

    /**
     * Gives a run that works to another server by {@link skillrunner.domain.run.ClaimPolicy#takenOver}. One atomic step, so
     * that of several servers one gets it.
     *
     * @param id the run
     * @param claim the server's claim on it
     * @param now when
     * @return the run after it, or empty if it does not work or somebody has a good claim on it; then nothing was changed
     */
    Optional<Run> takeOver(RunId id, Lease claim, Instant now);

    /**
     * Counts that another server begins to prepare a running run. Taking it from the queue counted the first time.
     *
     * @param id the run
     * @return how often its preparation was started, with this time
     */
    int countPreparation(RunId id);

    /**
     * Replaces what can't be read in the rows of runs that have not ended by neutral values, and moves these runs as {@link
     * skillrunner.domain.run.MendingPolicy} says. A request that is missing counts as one that can't be read. What another
     * server has a good claim on is left to it. To be called before any run is carried out.
     *
     * @param claim the server's claim on what has to be ended
     * @param now when
     * @return those of them that are running now, to be ended
     */
    List<Run> mendUnfinished(Lease claim, Instant now);

    /**
     * Stores a move of a run if {@link RunChange#appliesTo} holds for what is stored; one atomic step.
     *
     * @param change the move
     * @return false if it came too late; then nothing was changed
     */
    boolean save(RunChange change);

    /**
     * Stores what {@link skillrunner.domain.run.CancelPolicy} makes of the wish to end a run; one atomic step.
     *
     * @param id the run
     * @param now when
     * @return what became of it
     * @throws java.util.NoSuchElementException if there is no such run
     */
    Cancellation requestCancel(RunId id, Instant now);

    /**
     * Lists the runs in one status.
     *
     * @param status the status
     * @return the runs, oldest first
     */
    List<Run> inStatus(RunStatus status);

    /**
     * Lists requests that have a run. Takes no longer when there are more of them than are wanted, whichever are.
     *
     * @param query which
     * @return the request that was stored last first, whatever the clock said
     */
    List<RunListing> list(RunQuery query);

    /**
     * Lists the requests that have a run.
     *
     * @param limit at most so many
     * @return the request that was stored last first, whatever the clock said
     */
    default List<RunListing> newest(int limit) {
        return list(RunQuery.newest(limit));
    }

    /**
     * Lists requests that wait for their files.
     *
     * @param query which, as far as it names skill, engine, moment and number
     * @return the request that was stored last first
     */
    List<AwaitingRequest> awaiting(RunQuery query);

    /**
     * Counts the runs by status. Takes no longer when there are more runs.
     *
     * @return a count for every status
     */
    Map<RunStatus, Long> countByStatus();

    /**
     * Counts the runs that wait for a slot. Takes no longer when more runs have ended.
     *
     * @return how many are queued
     */
    int countQueued();
}
