package skillrunner.application.run.result;

import java.util.Optional;
import skillrunner.application.run.StatusRecords;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunId;

/**
 * What the server writes beside a run for people and programs to read: status, attempts, result. It lies outside of what an
 * agent may write. Each step may be repeated after a crash and then ends in the same state. Implementations are safe for
 * concurrent use on different runs.
 *
 * <p>Any method that writes throws {@link skillrunner.application.storage.StorageFullException} if the disk is full.
 */
public interface RunRecords extends StatusRecords {
    /**
     * Closes an attempt: records which files changed, removes its temporary files. Failures here are logged and never
     * change the verdict.
     *
     * @param audit what is known at the end
     */
    void closeAttempt(AttemptAudit audit);

    /**
     * Writes the result, replacing an earlier one in one step.
     *
     * @param run the run
     * @param result the result
     */
    void writeResult(RunId run, RunResult result);

    /**
     * Finds the result as it lies on disk.
     *
     * @param run the run
     * @return a JSON document, or empty
     */
    Optional<StoredBytes> storedResult(RunId run);

    /**
     * Tells of what a run failed by the result that was written. A server that was killed before it had stored the end leaves it to
     * the next one.
     *
     * @param run the run
     * @return the failure; empty if no result was written, it can't be read or it tells of none
     */
    Optional<RunFailure> writtenFailure(RunId run);

    /**
     * Removes the folder of a run with everything in it, whoever wrote it. Does nothing if there is none.
     *
     * @param run a run that is gone, or being removed
     * @throws java.io.UncheckedIOException if something is left after all that can be removed was
     */
    void remove(RunId run);
}
