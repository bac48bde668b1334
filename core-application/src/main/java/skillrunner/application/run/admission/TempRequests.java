package skillrunner.application.run.admission;

import java.util.Optional;
import skillrunner.application.run.AwaitingRequests;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.TempRequest;

/**
 * Remembers requests whose skill has yet to come. {@link RunRequests#admit} takes one from here when its run is queued. What
 * a method returned from is on disk. Implementations are safe for concurrent use, also by several servers on one database.
 *
 * <p>Any method throws {@link skillrunner.application.storage.StorageFullException} if the disk is full, and {@link
 * skillrunner.application.storage.UnavailableException} if the database can't be used at the moment; then nothing was
 * changed.
 */
public interface TempRequests extends AwaitingRequests {
    /**
     * Stores a new request; one atomic step.
     *
     * @param request a request with an id that was never stored
     * @param keyed what the client is told under its key, if it sent one; {@link RunRequests#acceptedUnder} finds it
     * @return false if the key is used already, for a request of any kind; then nothing was stored
     */
    boolean add(TempRequest request, Optional<KeyedAcceptance> keyed);

    /**
     * Finds a request.
     *
     * @param id its id
     * @return the request, or empty if there is none or its run is queued or was started
     */
    Optional<TempRequest> find(RequestId id);

    /**
     * Stores that the package of a request was rejected; check and update are one atomic step.
     *
     * @param rejected the request after it
     * @return false if the request is not here any more; then nothing was changed
     */
    boolean reject(TempRequest rejected);
}
