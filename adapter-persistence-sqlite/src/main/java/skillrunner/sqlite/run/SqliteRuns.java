package skillrunner.sqlite.run;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import skillrunner.application.run.Attempts;
import skillrunner.application.run.AwaitingRequest;
import skillrunner.application.run.RunListing;
import skillrunner.application.run.RunMoves;
import skillrunner.application.run.RunQuery;
import skillrunner.application.run.Runs;
import skillrunner.application.run.admission.KeyedAcceptance;
import skillrunner.application.run.admission.RunRequests;
import skillrunner.domain.interaction.Decision;
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
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunMove;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.sqlite.file.JsonColumns;
import skillrunner.sqlite.file.Transactions;

/**
 * Requests, runs and attempts in SQLite. Each rule that must survive a race is a condition of one statement. What it
 * remembers of rows in memory counts on being the only server on the file, which the claim on the file makes sure of.
 */
public final class SqliteRuns implements Runs, RunRequests, Attempts, RunMoves {
    /** Larger texts are read anew each time, so that the memory stays small. */
    private static final int KEPT_CHARACTERS = 8 * 1024;

    private final Transactions database;
    private final RowCache<RunId, Run> runMemory = new RowCache<>(run -> run.failure()
            .flatMap(RunFailure::stderr)
            .filter(text -> text.length() > KEPT_CHARACTERS)
            .isEmpty());
    private final RowCache<RequestId, RunRequest> requestMemory =
            new RowCache<>(request -> size(request.input()) + size(request.parameter()) <= KEPT_CHARACTERS);
    private final RowCache<AttemptKey, Attempt> attemptMemory =
            new RowCache<>(attempt -> size(attempt.contract().schema()) <= KEPT_CHARACTERS);

    private record AttemptKey(RunId run, int number) {}

    public SqliteRuns(Transactions database) {
        this.database = Objects.requireNonNull(database);
    }

    @Override
    public boolean addAwaiting(RunRequest request, Optional<KeyedAcceptance> keyed) {
        return writing(() -> requestMemory.forget(request.id()), handle -> {
            if (UsedKeys.contain(handle, keyed)) {
                return false;
            }
            handle.attach(RequestDao.class).insertOrBind(RequestRow.of(request));
            UsedKeys.add(handle, keyed);
            return true;
        });
    }

    @Override
    public Optional<KeyedAcceptance> acceptedUnder(IdempotencyKey key) {
        return database.read(
                handle -> handle.attach(KeyDao.class).find(key.value()).map(KeyRow::toKeyedAcceptance));
    }

    @Override
    public Admission admit(RunRequest request, Run run, int maxQueued, Optional<KeyedAcceptance> keyed) {
        return storing(request, keyed, handle -> queue(handle, request, run, maxQueued));
    }

    @Override
    public Admission admitAwaiting(RunRequest request, Run run, int maxQueued) {
        return storing(
                request,
                Optional.empty(),
                handle -> waits(handle, request) ? queue(handle, request, run, maxQueued) : Admission.REQUEST_GONE);
    }

    private static boolean waitsForSkill(Handle handle, RunRequest request) {
        return handle.attach(TempRequestDao.class).find(request.id().value()).isPresent();
    }

    private static void takeOver(Handle handle, RequestId temporary) {
        TempRequestDao waiting = handle.attach(TempRequestDao.class);
        waiting.handOverKey(temporary.value());
        waiting.remove(temporary.value());
    }

    @Override
    public Admission bindToEnded(RunRequest request, Optional<KeyedAcceptance> keyed) {
        return storing(request, keyed, handle -> share(handle, request));
    }

    @Override
    public Admission bindAwaiting(RunRequest request) {
        return storing(
                request,
                Optional.empty(),
                handle -> waits(handle, request) ? share(handle, request) : Admission.REQUEST_GONE);
    }

    private Admission storing(
            RunRequest request, Optional<KeyedAcceptance> keyed, Function<Handle, Admission> binding) {
        return writing(() -> requestMemory.forget(request.id()), handle -> {
            if (UsedKeys.contain(handle, keyed)) {
                return Admission.KEY_USED;
            }
            Admission admission = binding.apply(handle);
            if (admission == Admission.ADMITTED) {
                UsedKeys.add(handle, keyed);
            }
            return admission;
        });
    }

    /** The transaction holds the write lock from its start, so nobody can remove what was found before the row is written. */
    private static boolean waits(Handle handle, RunRequest request) {
        return handle.attach(RequestDao.class).find(request.id().value()).isPresent();
    }

    private static Admission queue(Handle handle, RunRequest request, Run run, int maxQueued) {
        RunDao runs = handle.attach(RunDao.class);
        Optional<RequestRow> stored =
                handle.attach(RequestDao.class).find(request.id().value());
        if (stored.map(RequestRow::runId).isPresent()) {
            return Admission.ALREADY_STARTED;
        }
        if (request.kind() == RequestKind.TEMP && !waitsForSkill(handle, request)) {
            return Admission.REQUEST_GONE;
        }
        // The transaction holds the write lock from its start, so the count can't change before the insert.
        if (runs.countQueued() >= maxQueued) {
            return Admission.QUEUE_FULL;
        }
        runs.insert(RunRow.of(run));
        handle.attach(RequestDao.class).insertOrBind(RequestRow.of(request));
        if (request.kind() == RequestKind.TEMP) {
            takeOver(handle, request.id());
        }
        return Admission.ADMITTED;
    }

    private static Admission share(Handle handle, RunRequest request) {
        if (handle.attach(RunDao.class)
                .find(request.runId().orElseThrow().value())
                .isEmpty()) {
            return Admission.RUN_GONE;
        }
        return handle.attach(RequestDao.class).insertOrBind(RequestRow.of(request)) == 0
                ? Admission.ALREADY_STARTED
                : Admission.ADMITTED;
    }

    @Override
    public Optional<RunRequest> findRequest(RequestId id) {
        return requestMemory.get(
                id,
                () -> database.read(handle ->
                        handle.attach(RequestDao.class).find(id.value()).map(RequestRow::toRequest)));
    }

    @Override
    public Optional<Run> find(RunId id) {
        return runMemory.get(
                id,
                () -> database.read(
                        handle -> handle.attach(RunDao.class).find(id.value()).map(RunRow::toRun)));
    }

    @Override
    public Optional<Run> takeNextQueued(Lease claim, Instant now) {
        Optional<Run> taken = database.write(handle -> handle.attach(RunDao.class)
                .oldestQueued()
                .map(RunRow::toRun)
                .map(run -> take(handle, run, claim, now)));
        taken.map(Run::id).ifPresent(runMemory::forget);
        return taken;
    }

    private static Run take(Handle handle, Run queued, Lease claim, Instant now) {
        RunChange change = queued.taken(claim, now);
        make(handle, change);
        return change.after();
    }

    /** The transaction holds the write lock from its start, so nobody can have moved the run since it was read. */
    private static void make(Handle handle, RunChange change) {
        if (!move(handle, change)) {
            throw new IllegalStateException("the move " + change + " can't be made");
        }
        if (change.after().status() == RunStatus.RUNNING) {
            handle.attach(RunDao.class)
                    .countFirstPreparation(change.after().id().value());
        }
    }

    /** Makes a move if it still applies. A question that nobody decides with it is closed by it. */
    static boolean move(Handle handle, RunChange change) {
        boolean moved = handle.attach(RunDao.class)
                        .move(
                                RunRow.of(change.after()),
                                change.before().status().wire(),
                                change.before().fence(),
                                change.before().attempt())
                == 1;
        if (moved) {
            RunMoveDao moves = handle.attach(RunMoveDao.class);
            int last = moves.last(change.after().id().value());
            moves.add(RunMoveRow.of(RunMove.of(change, last + 1)));
            ClosingPolicy.closing(change).ifPresent(decision -> close(handle, change, decision));
        }
        return moved;
    }

    private static void close(Handle handle, RunChange change, Decision decision) {
        handle.attach(InteractionDao.class)
                .pending(change.after().id().value())
                .map(InteractionRow::toInteraction)
                .ifPresent(pending -> handle.attach(InteractionDao.class)
                        .decide(InteractionRow.of(change.after().id(), pending.decided(decision))));
    }

    /** Changes the row of a run together with others. */
    <T> T together(RunId run, Function<Handle, T> work) {
        return writing(() -> runMemory.forget(run), work);
    }

    @Override
    public List<RunMove> after(RunId run, int ordinal) {
        return database.read(handle -> handle.attach(RunMoveDao.class).after(run.value(), ordinal).stream()
                .map(RunMoveRow::toMove)
                .flatMap(Optional::stream)
                .toList());
    }

    @Override
    public Optional<Run> takeOver(RunId id, Lease claim, Instant now) {
        return writing(() -> runMemory.forget(id), handle -> {
            Optional<Run> stored = handle.attach(RunDao.class).find(id.value()).map(RunRow::toRun);
            return stored.flatMap(run -> takeOver(handle, run, claim, now));
        });
    }

    private static Optional<Run> takeOver(Handle handle, Run stored, Lease claim, Instant now) {
        return ClaimPolicy.takenOver(stored, claim, now)
                .filter(run -> handle.attach(RunDao.class).takeOver(RunRow.of(run), stored.fence()) == 1);
    }

    @Override
    public int countPreparation(RunId id) {
        return database.write(handle -> handle.attach(RunDao.class).countPreparation(id.value()));
    }

    @Override
    public List<Run> mendUnfinished(Lease claim, Instant now) {
        List<String> damaged = database.read(handle -> handle.attach(RunDao.class).unfinished().stream()
                .filter(id -> !isReadable(handle, id))
                .toList());
        return damaged.stream()
                .map(id -> writing(() -> runMemory.forget(new RunId(id)), handle -> mend(handle, id, claim, now)))
                .flatMap(Optional::stream)
                .toList();
    }

    private record Rows(RunRow run, Optional<RequestRow> request, Optional<AttemptRow> attempt) {
        boolean areReadable() {
            return run.isReadable()
                    && request.filter(RequestRow::isReadable).isPresent()
                    && attempt.map(AttemptRow::isReadable).orElse(true);
        }
    }

    private static boolean isReadable(Handle handle, String id) {
        return Mending.fetch(() -> {
                    RunRow row = handle.attach(RunDao.class).find(id).orElseThrow();
                    return new Rows(
                            row,
                            handle.attach(RequestDao.class).find(row.requestId()),
                            handle.attach(AttemptDao.class).find(id, row.attempt()));
                })
                .flatMap(rows -> Mending.read(rows::areReadable))
                .orElse(false);
    }

    /** Mends the row of a run that has not ended. @return the run if somebody has to carry it out to its end */
    private Optional<Run> mend(Handle handle, String id, Lease claim, Instant now) {
        RunDao runs = handle.attach(RunDao.class);
        Optional<RunRow> row = runs.find(id).map(RunRow::mended);
        if (row.isEmpty()) {
            return Optional.empty();
        }
        Run mended = row.get().toRun();
        if (ClaimPolicy.of(mended, claim.owner(), now) == ClaimPolicy.Claim.FOREIGN) {
            return Optional.empty();
        }
        runs.mend(row.get());
        Optional<RunChange> change = MendingPolicy.move(mended, claim, now);
        change.ifPresent(made -> make(handle, made));
        return Optional.of(change.map(RunChange::after).orElse(mended))
                .filter(Run::isCarriedOut)
                .map(run -> takeOver(handle, run, claim, now).orElse(run));
    }

    @Override
    public boolean save(RunChange change) {
        return writing(() -> runMemory.forget(change.after().id()), handle -> move(handle, change));
    }

    @Override
    public Cancellation requestCancel(RunId id, Instant now) {
        return writing(() -> runMemory.forget(id), handle -> {
            RunDao runs = handle.attach(RunDao.class);
            Run run = runs.find(id.value()).map(RunRow::toRun).orElseThrow(NoSuchElementException::new);
            CancelPolicy.Decision decision = CancelPolicy.decide(run, now);
            if (decision instanceof CancelPolicy.Decision.AtOnce atOnce) {
                move(handle, atOnce.change());
                return Cancellation.CANCELED;
            }
            if (decision instanceof CancelPolicy.Decision.Wish wish) {
                runs.wish(RunRow.of(wish.wished()));
                return Cancellation.REQUESTED;
            }
            return decision instanceof CancelPolicy.Decision.AlreadyWished
                    ? Cancellation.ALREADY_REQUESTED
                    : Cancellation.ENDED;
        });
    }

    @Override
    public List<Run> inStatus(RunStatus status) {
        return database.read(handle -> handle.attach(RunDao.class).inStatus(status.wire()).stream()
                .map(RunRow::toRun)
                .toList());
    }

    @Override
    public List<RunListing> list(RunQuery query) {
        return database.read(new RunLists(query)::runs);
    }

    @Override
    public List<AwaitingRequest> awaiting(RunQuery query) {
        return database.read(new RunLists(query)::awaiting);
    }

    @Override
    public int countQueued() {
        return database.read(handle -> handle.attach(RunDao.class).countQueued());
    }

    @Override
    public Map<RunStatus, Long> countByStatus() {
        Map<String, Long> stored =
                database.read(handle -> handle.attach(RunDao.class).countByStatus());
        Map<RunStatus, Long> counts = new EnumMap<>(RunStatus.class);
        for (RunStatus status : RunStatus.values()) {
            counts.put(status, stored.getOrDefault(status.wire(), 0L));
        }
        return counts;
    }

    @Override
    public void save(Attempt attempt) {
        writing(() -> attemptMemory.forget(new AttemptKey(attempt.runId(), attempt.number())), handle -> {
            handle.attach(AttemptDao.class).save(AttemptRow.of(attempt));
            return true;
        });
    }

    @Override
    public Optional<Attempt> find(RunId run, int number) {
        return attemptMemory.get(
                new AttemptKey(run, number),
                () -> database.read(handle -> handle.attach(AttemptDao.class)
                        .find(run.value(), number)
                        .map(AttemptRow::toAttempt)));
    }

    /** Forgets what may have changed as soon as the change is on disk, and also when it is unknown whether it is. */
    private <T> T writing(Runnable forget, Function<Handle, T> work) {
        try {
            return database.write(work);
        } finally {
            forget.run();
        }
    }

    /** What is removed is removed beside this store, and rarely. */
    void forgetEverything() {
        runMemory.forgetEverything();
        requestMemory.forgetEverything();
        attemptMemory.forgetEverything();
    }

    private static int size(Map<String, Object> values) {
        return values.isEmpty() ? 0 : JsonColumns.text(values).length();
    }
}
