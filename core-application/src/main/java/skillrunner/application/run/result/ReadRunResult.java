package skillrunner.application.run.result;

import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunStatus;

/** Reads what a run came to. Safe for concurrent use. */
public final class ReadRunResult {
    private static final System.Logger LOG = System.getLogger(ReadRunResult.class.getName());

    private final RunRecords records;
    private final RunConclusion conclusion;

    public ReadRunResult(RunRecords records, RunConclusion conclusion) {
        this.records = Objects.requireNonNull(records);
        this.conclusion = Objects.requireNonNull(conclusion);
    }

    /**
     * Finds the result.
     *
     * @param run the run
     * @param says tells whether what lies on disk is a whole result of this run, with the word for where it stands; what is not is
     *     written anew as far as it is known: a run whose end could not be written at first may have left one that says otherwise
     * @return the result, a JSON object
     * @throws RefusedException with {@code RESULT_NOT_FOUND} while the run works or is queued, or if its answer was removed from the
     *     disk or can't be read there
     */
    public StoredBytes read(Run run, BiPredicate<StoredBytes, Run> says) {
        boolean waits = run.status() == RunStatus.WAITING_USER;
        if (!waits && !run.status().isTerminal()) {
            throw new RefusedException(
                    ErrorCode.RESULT_NOT_FOUND, "The run is " + run.status().wire() + "; it has no result yet");
        }
        Predicate<StoredBytes> sound = stored -> says.test(stored, run);
        return records.storedResult(run.id()).filter(sound).orElseGet(() -> {
            if (waits || run.status() == RunStatus.SUCCEEDED) {
                // An answer that was lost must not be made up, and one that the run comes to now must not be written
                // over.
                throw lost();
            }
            recordEnd(run);
            return records.storedResult(run.id()).filter(sound).orElseThrow(ReadRunResult::lost);
        });
    }

    private void recordEnd(Run run) {
        try {
            conclusion.recordEnd(run);
        } catch (UncheckedIOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "run " + run.id() + ": its result can't be written: " + e.getMessage());
        }
    }

    private static RefusedException lost() {
        return new RefusedException(
                ErrorCode.RESULT_NOT_FOUND,
                "The result file of the run is gone or can't be read; its status is all there is");
    }
}
