package skillrunner.application.run.admission;

import java.util.Optional;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunRequest;

/**
 * Stores what clients ask for, together with the run that it leads to. What a method returned from is on disk.
 * Implementations are safe for concurrent use, also by several servers on one database.
 *
 * <p>Any method throws {@link skillrunner.application.storage.StorageFullException} if the disk is full, and {@link
 * skillrunner.application.storage.UnavailableException} if the database can't be used at the moment; then nothing was
 * changed.
 */
public interface RunRequests {
    /** What became of an attempt to put a run into the queue. */
    enum Admission {
        /** The run is queued and the request bound to it. */
        ADMITTED,
        /** The queue is full; nothing was stored. */
        QUEUE_FULL,
        /** The request is bound to a run already; nothing was changed. */
        ALREADY_STARTED,
        /** Another request was accepted under the key; nothing was stored. */
        KEY_USED,
        /** The request that waited is gone, or being removed; nothing was stored. */
        REQUEST_GONE,
        /** The run that should serve the request is gone, or being removed; nothing was stored. */
        RUN_GONE
    }

    /**
     * Stores a request that has no run yet; one atomic step.
     *
     * @param request a request without a run
     * @param keyed what the client is told under its key, if it sent one
     * @return false if the key is used already; then nothing was stored
     */
    boolean addAwaiting(RunRequest request, Optional<KeyedAcceptance> keyed);

    /**
     * Finds what a client was told under a key. It is kept as long as the request.
     *
     * @param key the key
     * @return what it was told, or empty
     */
    Optional<KeyedAcceptance> acceptedUnder(IdempotencyKey key);

    /**
     * Stores a queued run and binds the request to it, storing the request too if it is new. A temporary request is taken from
     * {@link TempRequests}, with its key; one that is not there is bound already. One atomic step: at most {@code maxQueued}
     * runs are ever queued, a request is bound once, and a key is used once.
     *
     * @param request the request, bound to the run
     * @param run the queued run
     * @param maxQueued limit of queued runs
     * @param keyed what the client is told under its key, if it sent one
     * @return what became of it; that the key is used comes before everything else
     */
    Admission admit(RunRequest request, Run run, int maxQueued, Optional<KeyedAcceptance> keyed);

    /**
     * Stores a queued run and binds a stored request to it, as {@link #admit} does.
     *
     * @param request a request that waited, bound to the run
     * @param run the queued run
     * @param maxQueued limit of queued runs
     * @return what became of it
     */
    Admission admitAwaiting(RunRequest request, Run run, int maxQueued);

    /**
     * Binds the request to a run that has succeeded already, storing the request too if it is new; one atomic step.
     *
     * @param request the request, bound to that run
     * @param keyed what the client is told under its key, if it sent one
     * @return anything but {@link Admission#ADMITTED} if nothing was changed; never that the queue is full
     */
    Admission bindToEnded(RunRequest request, Optional<KeyedAcceptance> keyed);

    /**
     * Binds a stored request to a run that has succeeded already, as {@link #bindToEnded} does.
     *
     * @param request a request that waited, bound to that run
     * @return what became of it
     */
    Admission bindAwaiting(RunRequest request);
}
