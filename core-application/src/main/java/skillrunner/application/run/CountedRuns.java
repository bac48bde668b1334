package skillrunner.application.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.run.Lease;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunChange;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;

/** Counts which runs got a slot and how runs ended, where that is stored and so happens once. As safe as what it counts. */
public final class CountedRuns implements Runs {
    private final Runs runs;
    private final RunCounts counts;

    public CountedRuns(Runs runs, RunCounts counts) {
        this.runs = Objects.requireNonNull(runs);
        this.counts = Objects.requireNonNull(counts);
    }

    @Override
    public Optional<Run> takeNextQueued(Lease claim, Instant now) {
        Optional<Run> taken = runs.takeNextQueued(claim, now);
        taken.ifPresent(run -> counts.taken(Duration.between(run.createdAt(), now)));
        return taken;
    }

    @Override
    public boolean save(RunChange change) {
        boolean saved = runs.save(change);
        RunStatus status = change.after().status();
        if (saved && status.isTerminal()) {
            counts.ended(status);
        }
        return saved;
    }

    @Override
    public Cancellation requestCancel(RunId id, Instant now) {
        Cancellation cancellation = runs.requestCancel(id, now);
        if (cancellation == Cancellation.CANCELED) {
            counts.ended(RunStatus.CANCELED);
        }
        return cancellation;
    }

    @Override
    public Optional<RunRequest> findRequest(RequestId id) {
        return runs.findRequest(id);
    }

    @Override
    public Optional<Run> find(RunId id) {
        return runs.find(id);
    }

    @Override
    public Optional<Run> takeOver(RunId id, Lease claim, Instant now) {
        return runs.takeOver(id, claim, now);
    }

    @Override
    public int countPreparation(RunId id) {
        return runs.countPreparation(id);
    }

    @Override
    public List<Run> mendUnfinished(Lease claim, Instant now) {
        return runs.mendUnfinished(claim, now);
    }

    @Override
    public List<Run> inStatus(RunStatus status) {
        return runs.inStatus(status);
    }

    @Override
    public List<RunListing> list(RunQuery query) {
        return runs.list(query);
    }

    @Override
    public List<AwaitingRequest> awaiting(RunQuery query) {
        return runs.awaiting(query);
    }

    @Override
    public Map<RunStatus, Long> countByStatus() {
        return runs.countByStatus();
    }

    @Override
    public int countQueued() {
        return runs.countQueued();
    }
}
