package skillrunner.testkit.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import skillrunner.application.run.AwaitingRequest;
import skillrunner.application.run.RunQuery;
import skillrunner.application.run.admission.KeyedAcceptance;
import skillrunner.application.run.admission.TempRequests;
import skillrunner.application.run.retention.UnservedRequests;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.TempRequest;

/** Requests whose skill has yet to come, beside the {@link InMemoryRuns} they lead to. Safe for concurrent use. */
public final class InMemoryTempRequests implements TempRequests {
    private final InMemoryRuns runs;
    private final Map<RequestId, TempRequest> waiting = new LinkedHashMap<>();

    private final Set<RequestId> removing = new LinkedHashSet<>();

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
            return Optional.ofNullable(waiting.get(id)).filter(request -> !removing.contains(id));
        }
    }

    @Override
    public List<AwaitingRequest> awaiting(RunQuery query) {
        synchronized (runs) {
            List<TempRequest> newestFirst = new ArrayList<>(waiting.values());
            Collections.reverse(newestFirst);
            return newestFirst.stream()
                    .filter(request -> query.skill().isEmpty() && !removing.contains(request.id()))
                    .filter(request -> query.engine()
                            .filter(engine -> !engine.equals(request.engine()))
                            .isEmpty())
                    .filter(request ->
                            query.since().filter(request.createdAt()::isBefore).isEmpty())
                    .limit(query.limit())
                    .map(AwaitingRequest::of)
                    .toList();
        }
    }

    @Override
    public boolean reject(TempRequest rejected) {
        synchronized (runs) {
            if (!contains(rejected.id())) {
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

    /** Returns what removes those whose skill never came. */
    public UnservedRequests unserved() {
        return new Unserved();
    }

    private final class Unserved implements UnservedRequests {
        @Override
        public void mark(Optional<Instant> before, Instant now) {
            synchronized (runs) {
                runs.disk().beforeWrite("mark");
                waiting.values().stream()
                        .filter(request ->
                                before.isEmpty() || request.createdAt().isBefore(before.get()))
                        .map(TempRequest::id)
                        .forEach(id -> {
                            removing.add(id);
                            runs.forgetKeyOf(id);
                        });
            }
        }

        @Override
        public List<RequestId> marked(Optional<RequestId> after) {
            synchronized (runs) {
                return removing.stream()
                        .filter(id -> after.isEmpty()
                                || id.value().compareTo(after.get().value()) > 0)
                        .sorted(Comparator.comparing(RequestId::value))
                        .limit(PAGE)
                        .toList();
            }
        }

        @Override
        public int delete(Collection<RequestId> requests) {
            synchronized (runs) {
                runs.disk().beforeWrite("removal");
                int gone = 0;
                for (RequestId id : requests) {
                    if (removing.remove(id)) {
                        waiting.remove(id);
                        gone++;
                    }
                }
                return gone;
            }
        }
    }
}
