package skillrunner.application.run.execution;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.output.Written;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.run.quota.WorkspaceMeter;
import skillrunner.application.time.Countdown;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunQuota;
import skillrunner.domain.run.RunUsage;

/** What one attempt takes of the machine, looked at as often as that costs little. Used by one thread. */
final class TurnUsage {
    /** Between two looks that cost nothing. */
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);

    /** The time between two looks is at least so many times what a look takes. */
    private static final int PAUSE_FOR_EACH_LOOK = 50;

    /** What a look at the workspace came to. */
    record Measured(WorkspaceMeter.Measure measure, Duration took) {}

    private final TurnUsages shared;
    private final RunId run;
    private final RunQuota quota;
    private final TurnProcess process;
    private final LongStep<Measured> measuring;
    private RunUsage usage = RunUsage.NONE;
    private @Nullable Written written;
    private @Nullable Countdown beforeProcesses;
    private @Nullable Countdown beforeWorkspace;

    /**
     * Has looked at nothing yet.
     *
     * @param measuring measures the workspace, which may take as long as it is large
     */
    TurnUsage(TurnUsages shared, RunId run, TurnProcess process, LongStep<Measured> measuring) {
        this.shared = Objects.requireNonNull(shared);
        this.run = Objects.requireNonNull(run);
        this.quota = shared.quota;
        this.process = Objects.requireNonNull(process);
        this.measuring = Objects.requireNonNull(measuring);
    }

    /**
     * Looks at what is due.
     *
     * @param works whether the engine works; what has ended holds no processes, and what it left is measured by {@link #last}
     * @return the limit that is exceeded, or empty
     */
    Optional<RunFailureCode> breach(boolean works) {
        Written now = shared.outputs.written(run);
        written = now;
        if (quota.outputBytes() > 0) {
            usage = usage.withOutput(now.total());
        }
        if (works && quota.limitsProcesses()) {
            lookAtProcesses();
        }
        if (works && quota.limitsWorkspace()) {
            lookAtWorkspace();
        }
        return quota.breach(usage);
    }

    /** What the run has written: what {@link #breach} saw a moment ago, if it has looked since this was asked last. */
    Written written() {
        Written seen = written == null ? shared.outputs.written(run) : written;
        written = null;
        return seen;
    }

    /** Measures what the ended attempt leaves. May take long, and may be called by any thread. */
    Optional<WorkspaceMeter.Measure> last() {
        return quota.limitsWorkspace() ? Optional.of(measure()) : Optional.empty();
    }

    /** Counts what {@link #last} came to. */
    void count(WorkspaceMeter.Measure measure) {
        usage = usage.withWorkspace(measure.bytes(), measure.files());
    }

    void abandon() {
        measuring.abandon();
    }

    private void lookAtProcesses() {
        if (beforeProcesses != null && !beforeProcesses.isOver()) {
            return;
        }
        Duration begun = shared.time.reading();
        AgentProcesses.Usage held = process.usage(quota.processes() > 0 ? quota.processes() : Long.MAX_VALUE);
        usage = usage.withProcesses(held.processes(), held.memoryBytes());
        beforeProcesses = pauseAfter(shared.time.reading().minus(begun));
    }

    private void lookAtWorkspace() {
        if (beforeWorkspace != null && !beforeWorkspace.isOver()) {
            return;
        }
        measuring
                .result(() -> {
                    Duration begun = shared.time.reading();
                    return new Measured(measure(), shared.time.reading().minus(begun));
                })
                .ifPresent(measured -> {
                    count(measured.measure());
                    beforeWorkspace = pauseAfter(measured.took());
                    measuring.startOver();
                });
    }

    private WorkspaceMeter.Measure measure() {
        return shared.meter.measure(run, quota.workspaceFiles() > 0 ? quota.workspaceFiles() : Long.MAX_VALUE);
    }

    private Countdown pauseAfter(Duration look) {
        Duration pause = look.multipliedBy(PAUSE_FOR_EACH_LOOK);
        return Countdown.of(shared.time, pause.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : pause);
    }
}
