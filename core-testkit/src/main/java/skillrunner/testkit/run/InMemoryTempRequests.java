package skillrunner.testkit.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.run.admission.KeyedAcceptance;
import skillrunner.application.run.admission.TempRequests;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.TempRequest;

/** Requests whose skill has yet to come, beside the {@link InMemoryRuns} they lead to. Safe for concurrent use. */
public final class InMemoryTempRequests implements TempRequests {
    private final InMemoryRuns runs;
    private final Map<RequestId, TempRequest> waiting = new LinkedHashMap<>();

    InMemoryTempRequests(InMemoryRuns runs) {
        this.runs = runs;
    }

    @Override
    public boolean add(TempRequest request, Optional<KeyedAcceptance> keyed) {
        synchronized (runs) {
            if (runs.isUsed(keyed)) {
                return false;
            }
            runs.disk().beforeWrite("temporary request");
            waiting.put(request.id(), request);
            runs.use(keyed);
            return true;
        }
    }

    @Override
    public Optional<TempRequest> find(RequestId id) {
        synchronized (runs) {
            return Optional.ofNullable(waiting.get(id));
        }
    }

    @Override
    public boolean reject(TempRequest rejected) {
        synchronized (runs) {
            if (!waiting.containsKey(rejected.id())) {
                return false;
            }
            runs.disk().beforeWrite("rejection");
            waiting.put(rejected.id(), rejected);
            return true;
        }
    }

    /** Returns all that wait, oldest first. */
    public List<TempRequest> all() {
        synchronized (runs) {
            return List.copyOf(waiting.values());
        }
    }

    boolean contains(RequestId id) {
        return find(id).isPresent();
    }

    void remove(RequestId id) {
        synchronized (runs) {
            waiting.remove(id);
        }
    }
}
