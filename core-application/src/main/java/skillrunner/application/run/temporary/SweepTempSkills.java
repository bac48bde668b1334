package skillrunner.application.run.temporary;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.run.Runs;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.TempFilesPolicy;

/** Removes temporary skills that no run needs and that were not removed when they should have been. Safe for concurrent use. */
public final class SweepTempSkills {
    private static final System.Logger LOG = System.getLogger(SweepTempSkills.class.getName());

    private final Runs runs;
    private final TempPackages packages;
    private final TempFilesPolicy policy;
    private final Optional<Duration> interval;
    private final BackgroundTasks background;
    private final Clock clock;

    public SweepTempSkills(
            Runs runs,
            TempPackages packages,
            TempFilesPolicy policy,
            Optional<Duration> interval,
            BackgroundTasks background,
            Clock clock) {
        this.runs = Objects.requireNonNull(runs);
        this.packages = Objects.requireNonNull(packages);
        this.policy = Objects.requireNonNull(policy);
        this.interval = Objects.requireNonNull(interval);
        this.background = Objects.requireNonNull(background);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Removes what an earlier server left: of uploads that were cut off, and of runs that have ended. To be called before
     * anything is taken in. Whatever it meets, the start goes on.
     */
    public void sweepAtStart() {
        try {
            sweep(policy::removesAtStart);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "temporary skills could not be looked through", e);
        }
    }

    /** Begins to look now and then, until the server ends. */
    public void start() {
        interval.ifPresent(pause -> background.submitAfter(pause, "sweep-temporary-skills", this::sweepAgain));
    }

    private void sweepAgain() {
        try {
            sweep((request, status, age) -> policy.removes(status, age));
        } finally {
            // Whatever one look meets, the next one comes.
            start();
        }
    }

    private interface Rule {
        boolean removes(Optional<RunRequest> request, Optional<RunStatus> status, Duration age);
    }

    private void sweep(Rule rule) {
        Instant now = clock.instant();
        for (Map.Entry<RequestId, Instant> kept : packages.kept().entrySet()) {
            Optional<RunRequest> request = runs.findRequest(kept.getKey());
            Optional<RunStatus> status =
                    request.flatMap(RunRequest::runId).flatMap(runs::find).map(Run::status);
            if (rule.removes(request, status, Duration.between(kept.getValue(), now))) {
                remove(kept.getKey());
            }
        }
    }

    /** What can't be removed does not keep the rest. */
    private void remove(RequestId request) {
        try {
            packages.remove(request);
            LOG.log(System.Logger.Level.INFO, "request {0}: what was left of its temporary skill is removed", request);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "request " + request + ": its temporary skill could not be removed: " + e.getMessage());
        }
    }
}
