package skillrunner.application.run.retention;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.execution.ActiveRuns;
import skillrunner.application.storage.StorageFullException;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RetentionPolicy;
import skillrunner.domain.run.RunId;

/**
 * Removes runs that have ended, with everything that belongs to them. One removal at a time: a second one waits for the first,
 * so that each counts only what it has removed itself. Safe for concurrent use.
 */
public final class RemoveRuns {
    private static final System.Logger LOG = System.getLogger(RemoveRuns.class.getName());

    private final RunRemovals runs;
    private final List<UnservedRequests> unserved;
    private final List<Belongings> belongings;
    private final ActiveRuns active;
    private final FolderMeter meter;
    private final RunSignals signals;
    private final Clock clock;
    private final LongAdder removed = new LongAdder();

    /** No monitor: the store is asked inside, and a virtual thread that waits there must give its carrier to others. */
    private final ReentrantLock removing = new ReentrantLock();

    public RemoveRuns(
            RunRemovals runs,
            List<UnservedRequests> unserved,
            List<Belongings> belongings,
            ActiveRuns active,
            FolderMeter meter,
            RunSignals signals,
            Clock clock) {
        this.runs = Objects.requireNonNull(runs);
        this.unserved = List.copyOf(unserved);
        this.belongings = List.copyOf(belongings);
        this.active = Objects.requireNonNull(active);
        this.meter = Objects.requireNonNull(meter);
        this.signals = Objects.requireNonNull(signals);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Removes every run and request there is at the moment. Runs that work are canceled first; one that does not end in time, or
     * whose processes can't be ended, is left as it is.
     *
     * @return what is gone
     */
    public Removed everything() {
        return alone(() -> {
            long horizon = runs.horizon();
            unserved.forEach(requests -> requests.mark(Optional.empty(), clock.instant()));
            active.end();
            markAll(horizon);
            return finishMarked();
        });
    }

    /**
     * Removes what has been kept long enough: runs that have ended, and requests that never got their files.
     *
     * @param policy says what goes
     * @return what is gone
     */
    public Removed sweep(RetentionPolicy policy) {
        return alone(() -> {
            if (policy.limitsBytes()) {
                measure();
            }
            if (!policy.age().isZero()) {
                Optional<Instant> before = Optional.of(policy.oldBefore(clock.instant()));
                unserved.forEach(requests -> requests.mark(before, clock.instant()));
            }
            if (policy.limitsAnything()) {
                markExpired(policy);
            }
            return finishMarked();
        });
    }

    /**
     * Finishes the removals that an earlier server began, or that could not be finished.
     *
     * @return what is gone
     */
    public Removed finish() {
        return alone(this::finishMarked);
    }

    /**
     * Returns how many runs this server has removed.
     *
     * @return a number that only grows
     */
    public long removedSoFar() {
        return removed.sum();
    }

    private Removed alone(Supplier<Removed> work) {
        removing.lock();
        try {
            Removed gone = work.get();
            removed.add(gone.runs());
            if (!gone.equals(Removed.NOTHING)) {
                LOG.log(System.Logger.Level.INFO, "removed {0}", gone);
            }
            return gone;
        } finally {
            removing.unlock();
        }
    }

    private void markAll(long horizon) {
        Optional<RunId> after = Optional.empty();
        for (List<RetentionPolicy.EndedRun> page = runs.ended(after, horizon);
                !page.isEmpty();
                page = runs.ended(after, horizon)) {
            mark(page);
            after = Optional.of(page.get(page.size() - 1).id());
        }
    }

    private void markExpired(RetentionPolicy policy) {
        RetentionPolicy.Kept kept = runs.kept();
        Optional<RunId> after = Optional.empty();
        boolean more = true;
        while (more) {
            List<RetentionPolicy.EndedRun> page = runs.ended(after, Long.MAX_VALUE);
            List<RetentionPolicy.EndedRun> expired = policy.expired(page, kept, clock.instant());
            mark(expired);
            for (RetentionPolicy.EndedRun run : expired) {
                kept = kept.without(run);
                after = Optional.of(run.id());
            }
            more = !page.isEmpty() && expired.size() == page.size();
        }
    }

    /** A run is never removed under its process. */
    private void mark(List<RetentionPolicy.EndedRun> ended) {
        List<RunId> idle = ended.stream()
                .map(RetentionPolicy.EndedRun::id)
                .filter(run -> !active.hasProcess(run))
                .toList();
        runs.mark(idle, clock.instant());
        idle.forEach(signals::wake);
    }

    private Removed finishMarked() {
        Removed gone = Removed.NOTHING;
        Optional<RunId> after = Optional.empty();
        for (List<RunRemovals.Marked> page = runs.marked(after); !page.isEmpty(); page = runs.marked(after)) {
            List<RunId> bare = page.stream()
                    .filter(marked -> isStripped(marked.run(), marked.requests()))
                    .map(RunRemovals.Marked::run)
                    .toList();
            gone = gone.and(runs.delete(bare));
            after = Optional.of(page.get(page.size() - 1).run());
        }
        for (UnservedRequests requests : unserved) {
            gone = gone.and(finishMarked(requests));
        }
        return gone;
    }

    private Removed finishMarked(UnservedRequests requests) {
        long gone = 0;
        Optional<RequestId> after = Optional.empty();
        for (List<RequestId> page = requests.marked(after); !page.isEmpty(); page = requests.marked(after)) {
            List<RequestId> bare = page.stream().filter(this::isStripped).toList();
            gone += requests.delete(bare);
            after = Optional.of(page.get(page.size() - 1));
        }
        return new Removed(0, gone, 0);
    }

    /** What can't be removed now stays marked, and is tried again by the next removal. */
    private boolean isStripped(RunId run, List<RequestId> requests) {
        try {
            belongings.forEach(kept -> kept.removeOf(run));
            return requests.stream().allMatch(this::isStripped);
        } catch (UncheckedIOException | UnavailableException | StorageFullException e) {
            LOG.log(System.Logger.Level.WARNING, "run run_id=" + run + " can't be removed yet", e);
            return false;
        }
    }

    private boolean isStripped(RequestId request) {
        try {
            belongings.forEach(kept -> kept.removeOf(request));
            return true;
        } catch (UncheckedIOException | UnavailableException | StorageFullException e) {
            LOG.log(System.Logger.Level.WARNING, "request request_id=" + request + " can't be removed yet", e);
            return false;
        }
    }

    /** Each folder is measured once, since nobody changes it after the end of its run. What can't be measured keeps no other. */
    private void measure() {
        Optional<RunId> after = Optional.empty();
        for (List<RunId> page = runs.unmeasured(after); !page.isEmpty(); page = runs.unmeasured(after)) {
            page.forEach(this::measure);
            after = Optional.of(page.get(page.size() - 1));
        }
    }

    private void measure(RunId run) {
        try {
            runs.remember(run, meter.bytes(run));
        } catch (UncheckedIOException | UnavailableException e) {
            LOG.log(System.Logger.Level.WARNING, "run run_id=" + run + " can't be measured yet", e);
        }
    }
}
