package skillrunner.testkit.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.Attempts;
import skillrunner.application.run.AwaitingRequest;
import skillrunner.application.run.RunListing;
import skillrunner.application.run.RunMoves;
import skillrunner.application.run.RunQuery;
import skillrunner.application.run.Runs;
import skillrunner.application.run.admission.KeyedAcceptance;
import skillrunner.application.run.admission.RunRequests;
import skillrunner.application.run.interaction.Interactions;
import skillrunner.application.run.retention.Removed;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.CancelPolicy;
import skillrunner.domain.run.ClaimPolicy;
import skillrunner.domain.run.ClosingPolicy;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.Lease;
import skillrunner.domain.run.MendingPolicy;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RequestKind;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunChange;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunMove;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.testkit.storage.ScriptedDisk;

/** Requests, runs and attempts in maps, on a {@link ScriptedDisk}. Safe for concurrent use. */
public final class InMemoryRuns implements Runs, RunRequests, Attempts, RunMoves {
    /** The order in which runs that have ended go. */
    static final Comparator<Run> BY_END =
            Comparator.comparing(Run::updatedAt).thenComparing(run -> run.id().value());

    private record AttemptKey(RunId run, int number) {}

    private final ScriptedDisk disk;
    private final InMemoryTempRequests temporary = new InMemoryTempRequests(this);
    private final Map<RequestId, RunRequest> requests = new LinkedHashMap<>();
    private final Map<RunId, Run> runs = new LinkedHashMap<>();
    private final Map<IdempotencyKey, KeyedAcceptance> keys = new HashMap<>();
    private final Map<AttemptKey, Attempt> attempts = new LinkedHashMap<>();
    private final Map<RunId, List<RunMove>> moves = new HashMap<>();
    private final Map<RunId, Integer> preparations = new LinkedHashMap<>();
    private final Map<RunId, NavigableMap<Integer, Interaction>> questions = new HashMap<>();
    private final Map<RunId, Long> queue = new HashMap<>();
    private long queued;
    private final Set<RunId> damaged = new HashSet<>();

    /** Every run that was ever stored. */
    private final List<RunId> order = new ArrayList<>();

    private final Map<RequestId, Long> sequences = new HashMap<>();
    private final Set<RunId> removingRuns = new LinkedHashSet<>();
    private final Set<RequestId> removing = new LinkedHashSet<>();
    private @Nullable Supplier<? extends RuntimeException> failingLooks;

    /** Makes an empty store on a disk that is never full. */
    public InMemoryRuns() {
        this(new ScriptedDisk());
    }

    /**
     * Makes an empty store.
     *
     * @param disk asked before each change
     */
    public InMemoryRuns(ScriptedDisk disk) {
        this.disk = Objects.requireNonNull(disk);
    }

    /** Returns the requests whose skill has yet to come. */
    public InMemoryTempRequests temporary() {
        return temporary;
    }

    ScriptedDisk disk() {
        return disk;
    }

    /** Removes a run, as a cleanup would. */
    public synchronized void remove(RunId id) {
        runs.remove(id);
    }

    /** Makes a run's rows unreadable, until they are mended. */
    public synchronized void damage(RunId id) {
        damaged.add(id);
    }

    /** Takes a working run's lease, as if an earlier version had taken it from the queue. */
    public synchronized void forgetOwner(RunId id) {
        Run run = Objects.requireNonNull(runs.get(id));
        put(new Run(
                run.id(),
                run.requestId(),
                run.skill(),
                run.engine(),
                run.status(),
                run.attempt(),
                run.fence(),
                Optional.empty(),
                run.cancelRequested(),
                run.failure(),
                run.warnings(),
                run.recovery(),
                run.interactions(),
                run.createdAt(),
                run.updatedAt()));
    }

    /** Removes a request, as nobody should. */
    public synchronized void remove(RequestId id) {
        requests.remove(id);
    }

    /** Lets every look fail from now on. */
    public synchronized void failLooks(Supplier<? extends RuntimeException> failure) {
        failingLooks = failure;
    }

    /** Lets looks succeed again. */
    public synchronized void allowLooks() {
        failingLooks = null;
    }

    /** Returns all requests, oldest first. */
    public synchronized List<RunRequest> requests() {
        return List.copyOf(requests.values());
    }

    /** Returns all runs, oldest first. */
    public synchronized List<Run> all() {
        return List.copyOf(runs.values());
    }

    /** Returns whether a run is known and has ended. */
    synchronized boolean succeeded(RunId id) {
        return find(id).filter(run -> run.status() == RunStatus.SUCCEEDED).isPresent();
    }

    @Override
    public synchronized boolean addAwaiting(RunRequest request, Optional<KeyedAcceptance> keyed) {
        if (isUsed(keyed)) {
            return false;
        }
        disk.beforeWrite("request");
        requests.putIfAbsent(request.id(), request);
        number(request.id());
        use(keyed);
        return true;
    }

    @Override
    public synchronized Optional<KeyedAcceptance> acceptedUnder(IdempotencyKey key) {
        return Optional.ofNullable(keys.get(key));
    }

    @Override
    public synchronized Admission admit(RunRequest request, Run run, int maxQueued, Optional<KeyedAcceptance> keyed) {
        if (isUsed(keyed)) {
            return Admission.KEY_USED;
        }
        if (isBound(request.id())) {
            return Admission.ALREADY_STARTED;
        }
        if (request.kind() == RequestKind.TEMP && !temporary.contains(request.id())) {
            return Admission.REQUEST_GONE;
        }
        if (inStatus(RunStatus.QUEUED).size() >= maxQueued) {
            return Admission.QUEUE_FULL;
        }
        disk.beforeWrite("admission");
        runs.put(run.id(), run);
        order.add(run.id());
        queue.put(run.id(), ++queued);
        bind(request);
        temporary.remove(request.id());
        use(keyed);
        return Admission.ADMITTED;
    }

    @Override
    public synchronized Admission admitAwaiting(RunRequest request, Run run, int maxQueued) {
        return findRequest(request.id()).isEmpty()
                ? Admission.REQUEST_GONE
                : admit(request, run, maxQueued, Optional.empty());
    }

    @Override
    public synchronized Admission bindToEnded(RunRequest request, Optional<KeyedAcceptance> keyed) {
        if (isUsed(keyed)) {
            return Admission.KEY_USED;
        }
        if (find(request.runId().orElseThrow()).isEmpty()) {
            return Admission.RUN_GONE;
        }
        if (isBound(request.id())) {
            return Admission.ALREADY_STARTED;
        }
        disk.beforeWrite("binding");
        bind(request);
        use(keyed);
        return Admission.ADMITTED;
    }

    @Override
    public synchronized Admission bindAwaiting(RunRequest request) {
        return findRequest(request.id()).isEmpty() ? Admission.REQUEST_GONE : bindToEnded(request, Optional.empty());
    }

    @Override
    public synchronized Optional<RunRequest> findRequest(RequestId id) {
        return Optional.ofNullable(requests.get(id)).filter(request -> !removing.contains(id));
    }

    @Override
    public synchronized Optional<Run> find(RunId id) {
        look();
        return Optional.ofNullable(runs.get(id)).filter(run -> !removingRuns.contains(id));
    }

    @Override
    public synchronized Optional<Run> takeNextQueued(Lease claim, Instant now) {
        Optional<Run> oldest = inStatus(RunStatus.QUEUED).stream()
                .min(Comparator.comparingLong(run -> queue.getOrDefault(run.id(), 0L)));
        if (oldest.isEmpty()) {
            return oldest;
        }
        disk.beforeWrite("slot");
        Run queued = oldest.get();
        preparations.put(queued.id(), 1);
        return Optional.of(make(queued.taken(claim, now)));
    }

    @Override
    public synchronized Optional<Run> takeOver(RunId id, Lease claim, Instant now) {
        Optional<Run> taken = Optional.ofNullable(runs.get(id)).flatMap(run -> ClaimPolicy.takenOver(run, claim, now));
        taken.ifPresent(run -> {
            disk.beforeWrite("claim");
            put(run);
        });
        return taken;
    }

    @Override
    public synchronized int countPreparation(RunId id) {
        disk.beforeWrite("preparation");
        return preparations.merge(id, 1, Integer::sum);
    }

    @Override
    public synchronized List<Run> mendUnfinished(Lease claim, Instant now) {
        look();
        List<Run> mended = new ArrayList<>();
        for (Run run : List.copyOf(runs.values())) {
            boolean bad = damaged.contains(run.id()) || !requests.containsKey(run.requestId());
            boolean foreign = ClaimPolicy.of(run, claim.owner(), now) == ClaimPolicy.Claim.FOREIGN;
            if (bad && !foreign && !run.status().isTerminal()) {
                disk.beforeWrite("mending");
                damaged.remove(run.id());
                Run moved = MendingPolicy.move(run, claim, now).map(this::make).orElse(run);
                if (moved.isCarriedOut()) {
                    mended.add(takeOver(moved.id(), claim, now).orElse(moved));
                }
            }
        }
        return mended;
    }

    @Override
    public synchronized boolean save(RunChange change) {
        disk.beforeWrite("run");
        Run stored = runs.get(change.after().id());
        if (stored == null || !change.appliesTo(stored)) {
            return false;
        }
        make(change);
        return true;
    }

    @Override
    public synchronized Cancellation requestCancel(RunId id, Instant now) {
        Run run = find(id).orElseThrow(NoSuchElementException::new);
        CancelPolicy.Decision decision = CancelPolicy.decide(run, now);
        if (decision instanceof CancelPolicy.Decision.AlreadyWished) {
            return Cancellation.ALREADY_REQUESTED;
        }
        if (decision instanceof CancelPolicy.Decision.Ended) {
            return Cancellation.ENDED;
        }
        disk.beforeWrite("wish");
        if (decision instanceof CancelPolicy.Decision.AtOnce atOnce) {
            make(atOnce.change());
            return Cancellation.CANCELED;
        }
        put(((CancelPolicy.Decision.Wish) decision).wished());
        return Cancellation.REQUESTED;
    }

    @Override
    public synchronized List<Run> inStatus(RunStatus status) {
        look();
        return visible().filter(run -> run.status() == status).toList();
    }

    @Override
    public synchronized List<RunListing> list(RunQuery query) {
        List<RunListing> listings = new ArrayList<>();
        for (RunRequest request : requests.values()) {
            request.runId()
                    .flatMap(this::find)
                    .map(run -> new RunListing(
                            sequences.getOrDefault(request.id(), 0L),
                            request.id(),
                            request.kind(),
                            request.createdAt(),
                            request.cacheHit(),
                            run))
                    .filter(listing -> isAskedFor(request, query)
                            && (query.statuses().isEmpty()
                                    || query.statuses().contains(listing.run().status()))
                            && query.before()
                                    .filter(before -> listing.sequence() >= before)
                                    .isEmpty())
                    .ifPresent(listings::add);
        }
        Collections.reverse(listings);
        return List.copyOf(listings.subList(0, Math.min(query.limit(), listings.size())));
    }

    @Override
    public synchronized List<AwaitingRequest> awaiting(RunQuery query) {
        List<AwaitingRequest> waiting = new ArrayList<>(requests.values().stream()
                .filter(request ->
                        request.runId().isEmpty() && !removing.contains(request.id()) && isAskedFor(request, query))
                .map(AwaitingRequest::of)
                .toList());
        Collections.reverse(waiting);
        return List.copyOf(waiting.subList(0, Math.min(query.limit(), waiting.size())));
    }

    private static boolean isAskedFor(RunRequest request, RunQuery query) {
        return query.skill().filter(skill -> !skill.equals(request.skill())).isEmpty()
                && query.engine()
                        .filter(engine -> !engine.equals(request.engine()))
                        .isEmpty()
                && query.since()
                        .filter(since -> request.createdAt().isBefore(since))
                        .isEmpty();
    }

    @Override
    public synchronized int countQueued() {
        return inStatus(RunStatus.QUEUED).size();
    }

    @Override
    public synchronized Map<RunStatus, Long> countByStatus() {
        Map<RunStatus, Long> counts = new EnumMap<>(RunStatus.class);
        for (RunStatus status : RunStatus.values()) {
            counts.put(status, (long) inStatus(status).size());
        }
        return counts;
    }

    @Override
    public synchronized void save(Attempt attempt) {
        disk.beforeWrite("attempt");
        attempts.put(new AttemptKey(attempt.runId(), attempt.number()), attempt);
    }

    @Override
    public synchronized Optional<Attempt> find(RunId run, int number) {
        return Optional.ofNullable(attempts.get(new AttemptKey(run, number)));
    }

    private Stream<Run> visible() {
        return runs.values().stream().filter(run -> !removingRuns.contains(run.id()));
    }

    // Removal.

    /** How many runs were ever stored. */
    synchronized int horizon() {
        return order.size();
    }

    /** Runs that have ended, of the first so many that were stored; oldest end first. */
    synchronized List<Run> ended(long horizon) {
        Set<RunId> within = new HashSet<>(order.subList(0, (int) Math.min(horizon, order.size())));
        return visible()
                .filter(run -> run.status().isTerminal() && within.contains(run.id()))
                .sorted(BY_END)
                .toList();
    }

    /** A run, also if nobody can see it any more. */
    synchronized Optional<Run> evenIfMarked(RunId id) {
        return Optional.ofNullable(runs.get(id));
    }

    synchronized void markRuns(Collection<RunId> ids) {
        disk.beforeWrite("mark");
        for (RunId id : ids) {
            if (Optional.ofNullable(runs.get(id))
                    .filter(run -> run.status().isTerminal())
                    .isPresent()) {
                removingRuns.add(id);
                servedBy(id).forEach(this::markRequest);
            }
        }
    }

    synchronized void markUnserved(Predicate<RunRequest> chosen) {
        disk.beforeWrite("mark");
        requests.values().stream()
                .filter(request -> request.runId().isEmpty() && chosen.test(request))
                .map(RunRequest::id)
                .forEach(this::markRequest);
    }

    private void markRequest(RequestId id) {
        removing.add(id);
        forgetKeyOf(id);
    }

    synchronized void forgetKeyOf(RequestId id) {
        keys.values().removeIf(keyed -> keyed.acceptance().request().equals(id));
    }

    synchronized List<RunId> markedRuns() {
        return List.copyOf(removingRuns);
    }

    synchronized List<RequestId> servedBy(RunId run) {
        return requests.values().stream()
                .filter(request -> request.runId().filter(run::equals).isPresent())
                .map(RunRequest::id)
                .toList();
    }

    synchronized List<RequestId> markedUnserved() {
        return removing.stream()
                .filter(id -> Objects.requireNonNull(requests.get(id)).runId().isEmpty())
                .toList();
    }

    /** Deletes what is marked. @return how many requests and runs were deleted */
    synchronized Removed delete(Collection<RunId> ids) {
        disk.beforeWrite("removal");
        long served = 0;
        long gone = 0;
        for (RunId id : ids) {
            if (removingRuns.remove(id)) {
                gone++;
                served += deleteUnserved(servedBy(id));
                runs.remove(id);
                preparations.remove(id);
                moves.remove(id);
                attempts.keySet().removeIf(key -> key.run().equals(id));
                questions.remove(id);
                queue.remove(id);
            }
        }
        return new Removed(gone, served, 0);
    }

    synchronized int deleteUnserved(Collection<RequestId> ids) {
        disk.beforeWrite("removal");
        int gone = 0;
        for (RequestId id : ids) {
            if (removing.remove(id)) {
                requests.remove(id);
                gone++;
            }
        }
        return gone;
    }

    private void look() {
        if (failingLooks != null) {
            throw failingLooks.get();
        }
    }

    boolean isUsed(Optional<KeyedAcceptance> keyed) {
        return keyed.map(KeyedAcceptance::key).filter(keys::containsKey).isPresent();
    }

    void use(Optional<KeyedAcceptance> keyed) {
        keyed.ifPresent(given -> keys.put(given.key(), given));
    }

    private boolean isBound(RequestId id) {
        return findRequest(id).flatMap(RunRequest::runId).isPresent();
    }

    /** Of a request that is known already, only what admission adds is taken. */
    private void bind(RunRequest request) {
        number(request.id());
        RunRequest known = requests.getOrDefault(request.id(), request);
        RunRequest asking = request.skillFingerprint()
                .map(fingerprint -> known.asking(fingerprint, request.cacheKey()))
                .orElse(known);
        requests.put(request.id(), asking.servedBy(request.runId().orElseThrow(), request.cacheHit()));
    }

    private void number(RequestId request) {
        sequences.putIfAbsent(request, sequences.size() + 1L);
    }

    @Override
    public synchronized List<RunMove> after(RunId run, int ordinal) {
        look();
        List<RunMove> made = find(run).isEmpty() ? List.of() : moves.getOrDefault(run, List.of());
        return List.copyOf(made.subList(Math.min(ordinal, made.size()), made.size()));
    }

    /** Makes a move. A question that nobody decides with it is closed by it. */
    private Run make(RunChange change) {
        RunId id = change.after().id();
        ClosingPolicy.closing(change).ifPresent(decision -> questionsOf(id)
                .replaceAll((number, question) -> question.isPending() ? question.decided(decision) : question));
        if (change.after().status() == RunStatus.QUEUED && change.before().status() != RunStatus.QUEUED) {
            queue.put(id, ++queued);
        }
        List<RunMove> made = moves.computeIfAbsent(id, it -> new ArrayList<>());
        made.add(RunMove.of(change, made.size() + 1));
        return put(change.after());
    }

    synchronized NavigableMap<Integer, Interaction> questionsOf(RunId run) {
        return questions.computeIfAbsent(run, id -> new TreeMap<>());
    }

    synchronized boolean ask(RunChange change, Interaction asked) {
        boolean moved = save(change);
        if (moved) {
            if (questionsOf(change.after().id()).putIfAbsent(asked.number(), asked) != null) {
                throw new IllegalStateException("question " + asked.number() + " was asked before");
            }
        }
        return moved;
    }

    synchronized Interactions.Deciding decide(RunChange change, Interaction decided, int maxQueued) {
        disk.beforeWrite("decision");
        RunId id = change.after().id();
        Run stored = runs.get(id);
        Interaction pending = questionsOf(id).get(decided.number());
        if (stored == null || pending == null || !pending.isPending() || !change.appliesTo(stored)) {
            return Interactions.Deciding.TOO_LATE;
        }
        if (change.after().status() == RunStatus.QUEUED && countQueued() >= maxQueued) {
            return Interactions.Deciding.QUEUE_FULL;
        }
        questionsOf(id).put(decided.number(), decided);
        make(change);
        return Interactions.Deciding.DECIDED;
    }

    synchronized List<Interactions.Timed> withDeadline() {
        return questions.entrySet().stream()
                .flatMap(entry -> entry.getValue().values().stream()
                        .filter(question ->
                                question.isPending() && question.deadline().isPresent())
                        .map(question -> new Interactions.Timed(entry.getKey(), question)))
                .sorted(Comparator.comparing(
                        timed -> timed.interaction().deadline().orElseThrow()))
                .toList();
    }

    private Run put(Run run) {
        runs.put(run.id(), run);
        return run;
    }
}
