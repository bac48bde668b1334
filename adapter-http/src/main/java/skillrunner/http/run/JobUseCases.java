package skillrunner.http.run;

import java.util.Objects;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.admission.CreateRun;
import skillrunner.application.run.admission.ExplainRun;
import skillrunner.application.run.admission.UploadRunInput;
import skillrunner.application.run.execution.CancelRun;
import skillrunner.application.run.output.ReadRunLogs;
import skillrunner.application.run.result.ReadRunResult;
import skillrunner.application.run.result.RunArtifacts;
import skillrunner.application.run.retention.RemoveRuns;

/**
 * What the routes of jobs call.
 *
 * @param create accepts a request
 * @param explain tells what would become of a request
 * @param upload takes its files
 * @param find looks its run up
 * @param result reads what it came to
 * @param logs reads its output
 * @param cancel ends it
 * @param artifacts reads its files
 * @param remove removes it
 */
public record JobUseCases(
        CreateRun create,
        ExplainRun explain,
        UploadRunInput upload,
        FindRun find,
        ReadRunResult result,
        ReadRunLogs logs,
        CancelRun cancel,
        RunArtifacts artifacts,
        RemoveRuns remove) {
    /** Refuses null parts. */
    public JobUseCases {
        Objects.requireNonNull(create);
        Objects.requireNonNull(explain);
        Objects.requireNonNull(upload);
        Objects.requireNonNull(find);
        Objects.requireNonNull(result);
        Objects.requireNonNull(logs);
        Objects.requireNonNull(cancel);
        Objects.requireNonNull(artifacts);
        Objects.requireNonNull(remove);
    }
}
