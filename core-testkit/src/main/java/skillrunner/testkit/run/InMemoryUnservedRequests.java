package skillrunner.testkit.run;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.retention.UnservedRequests;
import skillrunner.domain.run.RequestId;

/** Removes requests that have no run from maps. Safe for concurrent use. */
public final class InMemoryUnservedRequests implements UnservedRequests {
    private final InMemoryRuns runs;

    /**
     * Takes what it removes from.
     *
     * @param runs has the requests
     */
    public InMemoryUnservedRequests(InMemoryRuns runs) {
        this.runs = Objects.requireNonNull(runs);
    }

    @Override
    public void mark(Optional<Instant> before, Instant now) {
        runs.markUnserved(request -> before.isEmpty() || request.createdAt().isBefore(before.get()));
    }

    @Override
    public List<RequestId> marked(Optional<RequestId> after) {
        return runs.markedUnserved().stream()
                .filter(request ->
                        after.isEmpty() || request.value().compareTo(after.get().value()) > 0)
                .sorted((one, other) -> one.value().compareTo(other.value()))
                .limit(PAGE)
                .toList();
    }

    @Override
    public int delete(Collection<RequestId> requests) {
        return runs.deleteUnserved(requests);
    }
}
