package skillrunner.application.run;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunStatus;

/** Lists the runs to whoever looks after them. Safe for concurrent use. */
public final class ListRuns {
    /** So many are listed if nobody says how many. */
    public static final int DEFAULT_LIMIT = 200;

    /** More can't be asked for at once. */
    public static final int MAX_LIMIT = 1000;

    private final Runs runs;
    private final AwaitingRequests temporary;

    /**
     * Takes what it asks.
     *
     * @param runs knows the runs, and the requests that wait for their files
     * @param temporary knows those that wait for their skill
     */
    public ListRuns(Runs runs, AwaitingRequests temporary) {
        this.runs = Objects.requireNonNull(runs);
        this.temporary = Objects.requireNonNull(temporary);
    }

    /**
     * Lists the requests that have a run, and with the beginning of the list those that wait for their files or their skill.
     *
     * @param query which, and how many, from 1 to {@value #MAX_LIMIT}
     * @return a part of the list
     */
    public RunPage page(RunQuery query) {
        // One more than is shown tells whether anything follows.
        List<RunListing> found = runs.list(query.atMost(query.limit() + 1));
        boolean more = found.size() > query.limit();
        List<RunListing> shown = more ? found.subList(0, query.limit()) : found;
        return new RunPage(
                shown,
                more ? Optional.of(shown.get(shown.size() - 1).sequence()) : Optional.empty(),
                query.showsAwaiting() ? awaiting(query) : List.of(),
                positions(shown));
    }

    private List<AwaitingRequest> awaiting(RunQuery query) {
        return Stream.concat(runs.awaiting(query).stream(), temporary.awaiting(query).stream())
                .sorted(Comparator.comparing(AwaitingRequest::createdAt).reversed())
                .limit(query.limit())
                .toList();
    }

    /**
     * Tells where a run stands in the queue.
     *
     * @param run the run
     * @return how many runs get a slot before it, plus one; empty if it is not queued
     */
    public Optional<Integer> queuePosition(Run run) {
        return run.status() == RunStatus.QUEUED
                ? Optional.ofNullable(positions().get(run.id()))
                : Optional.empty();
    }

    private Map<RunId, Integer> positions(List<RunListing> shown) {
        return shown.stream().anyMatch(listing -> listing.run().status() == RunStatus.QUEUED) ? positions() : Map.of();
    }

    private Map<RunId, Integer> positions() {
        Map<RunId, Integer> positions = new HashMap<>();
        for (Run queued : runs.inStatus(RunStatus.QUEUED)) {
            positions.put(queued.id(), positions.size() + 1);
        }
        return positions;
    }
}
