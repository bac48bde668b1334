package skillrunner.http;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import skillrunner.application.run.RunListing;
import skillrunner.application.run.Runs;
import skillrunner.application.run.admission.KeyedAcceptance;
import skillrunner.application.run.admission.RunRequests;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunChange;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;

/** Runs whose state a test sets. */
final class MemoryRuns implements Runs, RunRequests {
    final Map<RequestId, RunRequest> requests = new ConcurrentHashMap<>();
    final Map<IdempotencyKey, KeyedAcceptance> keys = new ConcurrentHashMap<>();
    final Map<RunId, Run> runs = new ConcurrentHashMap<>();
    volatile Admission admission = Admission.ADMITTED;
    volatile Cancellation cancellation = Cancellation.REQUESTED;

    void put(RunRequest request, Run run) {
        requests.put(request.id(), request.servedBy(run.id(), false));
        runs.put(run.id(), run);
    }

    @Override
    public boolean addAwaiting(RunRequest request, Optional<KeyedAcceptance> keyed) {
        requests.put(request.id(), request);
        keyed.ifPresent(given -> keys.put(given.key(), given));
        return true;
    }

    @Override
    public Optional<KeyedAcceptance> acceptedUnder(IdempotencyKey key) {
        return Optional.ofNullable(keys.get(key));
    }

    @Override
    public Admission admit(RunRequest request, Run run, int maxQueued, Optional<KeyedAcceptance> keyed) {
        if (admission == Admission.ADMITTED) {
            put(request, run);
            keyed.ifPresent(given -> keys.put(given.key(), given));
        }
        return admission;
    }

    @Override
    public Admission bindToEnded(RunRequest request, Optional<KeyedAcceptance> keyed) {
        requests.put(request.id(), request);
        return Admission.ADMITTED;
    }

    @Override
    public Optional<RunRequest> findRequest(RequestId id) {
        return Optional.ofNullable(requests.get(id));
    }

    @Override
    public Optional<Run> find(RunId id) {
        return Optional.ofNullable(runs.get(id));
    }

    @Override
    public Optional<Run> takeNextQueued(String node, Instant now) {
        return Optional.empty();
    }

    @Override
    public boolean save(RunChange change) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Cancellation requestCancel(RunId id, Instant now) {
        return cancellation;
    }

    @Override
    public List<Run> inStatus(RunStatus status) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<RunListing> newest(int limit) {
        return requests.values().stream()
                .flatMap(request -> request.runId().map(runs::get).stream()
                        .map(run -> new RunListing(request.id(), request.createdAt(), run)))
                .sorted(Comparator.comparing(RunListing::requestedAt).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public int countPreparation(RunId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Run> mendUnfinished(String node, Instant now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<RunStatus, Long> countByStatus() {
        throw new UnsupportedOperationException();
    }
}
