package skillrunner.application.run.execution;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.Runs;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.TurnEnd;
import skillrunner.domain.run.Verdict;
import skillrunner.domain.run.VerdictPolicy;

/**
 * Carries one attempt of a run from its slot to its end, or the waiting of an engine that keeps running to its answer. Each {@link #step} looks at what is durable (the run's row, the
 * attempt's row, the process's records) and at the time, and does the next thing; so a step can be repeated, and a new
 * server continues an old one's work by stepping on. What is to be done is decided by the policies of the domain. Used by one
 * thread; blocks while it ends a process.
 */
public final class RunExecution implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RunExecution.class.getName());

    private final Runs runs;
    private final Stage stage;
    private final RunSetbacks setbacks;
    private final ExecutionEnd end;
    private Run run;
    private Optional<RunRequest> request = Optional.empty();

    RunExecution(Runs runs, Stage stage, RunSetbacks setbacks, ExecutionEnd end, Run run) {
        this.runs = Objects.requireNonNull(runs);
        this.stage = Objects.requireNonNull(stage);
        this.setbacks = Objects.requireNonNull(setbacks);
        this.end = Objects.requireNonNull(end);
        this.run = Objects.requireNonNull(run);
    }

    /**
     * Does what can be done now. Never throws: a fault fails the run, and what can't even be stored is tried again.
     *
     * @return how long to wait before the next step, unless something wakes the run; empty once it has ended
     */
    public Optional<Duration> step() {
        Optional<Duration> pause = setbacks.waiting();
        if (pause.isPresent()) {
            return pause;
        }
        try {
            while (pause.isEmpty() && !end.isReached()) {
                pause = advance();
                setbacks.looked();
            }
            return pause;
        } catch (Throwable e) {
            return Optional.of(setbacks.met(e, stage::startOver));
        }
    }

    /**
     * Tells whether the run still stands in the way of others.
     *
     * @return false once it is given up that it ends soon, although it is tried on
     */
    public boolean holdsSlot() {
        return setbacks.holdsSlot();
    }

    @Override
    public void close() {
        stage.close();
    }

    /** One thing at a time; an absent pause means: look again at once. */
    private Optional<Duration> advance() {
        Optional<Run> stored = runs.find(run.id());
        if (stored.isEmpty()
                || stored.get().fence() != run.fence()
                || stored.get().status() != run.status()
                || stored.get().attempt() != run.attempt()) {
            System.Logger.Level level = stored.filter(present -> present.goesOnWithEngine() && run.keepsEngine())
                            .isPresent()
                    ? System.Logger.Level.DEBUG
                    : System.Logger.Level.WARNING;
            LOG.log(level, "run run_id={0} was moved, taken over or removed; letting go", run.id());
            end.letGo(run, stored);
            return Optional.empty();
        }
        run = stored.get();
        if (!setbacks.endsWithFiles()) {
            return endInDatabase();
        }
        if (request.isEmpty()) {
            request = runs.findRequest(run.requestId());
            if (request.isEmpty()) {
                setbacks.missing("The record of the request is missing");
            }
        }
        Stage.Next next = stage.next(run, request);
        if (next instanceof Stage.Next.Over over) {
            setbacks.judged();
            end.conclude(run, request, over.verdict());
        }
        return next instanceof Stage.Next.Later later ? Optional.of(later.pause()) : Optional.empty();
    }

    /** What has failed too often is left out: the processes were told to end as well as it goes, and the row says why. */
    private Optional<Duration> endInDatabase() {
        stage.abandonLongSteps();
        // Whoever sees the end believes that nothing works any more; after this nobody looks for it.
        Optional<Duration> pause = stage.held().endAnyway();
        if (pause.isEmpty()) {
            Verdict verdict = VerdictPolicy.withoutAnswer(
                            TurnEnd.beforeStart(run.cancelRequested(), Optional.of(setbacks.faultOrInternal())))
                    .orElseThrow();
            end.concludeWithoutFiles(run, verdict);
        }
        return pause;
    }
}
