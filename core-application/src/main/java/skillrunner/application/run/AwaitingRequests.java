package skillrunner.application.run;

import java.util.List;

/** Knows of requests without a run. Implementations are safe for concurrent use. */
@FunctionalInterface
public interface AwaitingRequests {
    /**
     * Lists those that wait.
     *
     * @param query which, by everything but statuses, and how many; whoever asks for a skill gets none that has yet to come
     * @return the requests, newest first
     */
    List<AwaitingRequest> awaiting(RunQuery query);
}
