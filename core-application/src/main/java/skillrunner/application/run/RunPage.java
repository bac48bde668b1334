package skillrunner.application.run;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.run.RunId;

/**
 * A part of the list of runs.
 *
 * @param runs newest request first
 * @param next number of the last entry, to ask for what comes after it; empty at the end of the list
 * @param awaiting requests that wait for their files or their skill, newest first; shown with the beginning of the list only
 * @param queuePositions of each of these runs that is queued, how many runs get a slot before it, plus one
 */
public record RunPage(
        List<RunListing> runs,
        Optional<Long> next,
        List<AwaitingRequest> awaiting,
        Map<RunId, Integer> queuePositions) {
    /** Copies the collections and refuses null parts. */
    public RunPage {
        runs = List.copyOf(runs);
        Objects.requireNonNull(next);
        awaiting = List.copyOf(awaiting);
        queuePositions = Map.copyOf(queuePositions);
    }
}
