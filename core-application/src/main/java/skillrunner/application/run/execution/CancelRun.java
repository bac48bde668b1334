package skillrunner.application.run.execution;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.NoSuchElementException;
import java.util.Objects;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.Runs;
import skillrunner.application.run.journal.KeepJournal;
import skillrunner.application.run.result.RunConclusion;
import skillrunner.application.storage.StorageFullException;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunStatus;

/** Ends a run because somebody asks for it. An accepted wish always ends as canceled. Safe for concurrent use. */
public final class CancelRun {
    private static final System.Logger LOG = System.getLogger(CancelRun.class.getName());

    private final FindRun findRun;
    private final Runs runs;
    private final RunConclusion conclusion;
    private final KeepJournal journal;
    private final RunSignals signals;
    private final Clock clock;

    public CancelRun(
            FindRun findRun,
            Runs runs,
            RunConclusion conclusion,
            KeepJournal journal,
            RunSignals signals,
            Clock clock) {
        this.findRun = Objects.requireNonNull(findRun);
        this.runs = Objects.requireNonNull(runs);
        this.conclusion = Objects.requireNonNull(conclusion);
        this.journal = Objects.requireNonNull(journal);
        this.signals = Objects.requireNonNull(signals);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Asks for the end of a run.
     *
     * @param id the request
     * @return what became of the wish
     * @throws skillrunner.domain.problem.RefusedException with {@code REQUEST_NOT_FOUND} or {@code RUN_NOT_FOUND}
     */
    public Outcome cancel(RequestId id) {
        RunId run = findRun.find(id).run().id();
        Runs.Cancellation cancellation = wish(run);
        if (cancellation == Runs.Cancellation.CANCELED) {
            recordEnd(run);
            journal.settle(run);
        }
        signals.wake(run);
        return switch (cancellation) {
            case CANCELED, REQUESTED -> new Outcome(run, RunStatus.CANCELED, true, "Cancel request accepted");
            case ALREADY_REQUESTED -> new Outcome(run, RunStatus.CANCELED, false, "Cancel was already requested");
            case ENDED -> new Outcome(run, findRun.find(id).run().status(), false, "The run has already ended");
        };
    }

    private Runs.Cancellation wish(RunId run) {
        try {
            return runs.requestCancel(run, clock.instant());
        } catch (NoSuchElementException e) {
            throw new RefusedException(ErrorCode.RUN_NOT_FOUND, "Run not found: it has just been removed");
        }
    }

    /** The run is canceled already; files that can't be written now are written when somebody asks for the result. */
    private void recordEnd(RunId run) {
        try {
            runs.find(run).ifPresent(conclusion::recordEnd);
        } catch (StorageFullException | UncheckedIOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "run run_id=" + run + " is canceled; its files can't be written yet",
                    e);
        }
    }

    /**
     * What became of the wish.
     *
     * @param run the run
     * @param status {@code canceled}, or the status in which the run had ended
     * @param accepted whether this wish ends the run
     * @param message for people
     */
    public record Outcome(RunId run, RunStatus status, boolean accepted, String message) {}
}
