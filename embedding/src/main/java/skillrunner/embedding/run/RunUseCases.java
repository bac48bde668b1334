package skillrunner.embedding.run;

import java.util.Objects;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.ListRuns;
import skillrunner.application.run.admission.CreateRun;
import skillrunner.application.run.admission.CreateTempRun;
import skillrunner.application.run.admission.ExplainRun;
import skillrunner.application.run.admission.FindTempRun;
import skillrunner.application.run.admission.UploadRunInput;
import skillrunner.application.run.admission.UploadTempSkill;
import skillrunner.application.run.bundle.OpenRunBundle;
import skillrunner.application.run.execution.CancelRun;
import skillrunner.application.run.file.BrowseRunFiles;
import skillrunner.application.run.interaction.AnswerQuestion;
import skillrunner.application.run.interaction.FindPending;
import skillrunner.application.run.journal.ReadEvents;
import skillrunner.application.run.journal.ReadHistory;
import skillrunner.application.run.output.FollowRun;
import skillrunner.application.run.output.ReadLogRange;
import skillrunner.application.run.output.ReadRunLogs;
import skillrunner.application.run.output.ReadStretch;
import skillrunner.application.run.result.ReadRunResult;
import skillrunner.application.run.result.RunArtifacts;
import skillrunner.application.run.retention.RemoveRuns;

/**
 * What the surfaces of a runner call about runs.
 *
 * @param create accepts a request
 * @param explain tells what would become of a request
 * @param upload takes its files
 * @param find looks its run up
 * @param list lists runs
 * @param result reads what it came to
 * @param cancel ends it
 * @param remove removes it
 * @param createTemp accepts a request for a skill that comes with it
 * @param uploadTemp takes that skill
 * @param findTemp looks such a request up
 * @param pending tells what a run asks
 * @param answer takes answers
 * @param artifacts reads the files it left for its user
 * @param files reads all its files
 * @param bundles reads everything of it as one archive
 * @param logs reads its newest output
 * @param logRange reads a part of its output
 * @param follow shows it live
 * @param stretch reads its output as a stream of bytes
 * @param events reads what happened to it as a stream
 * @param history reads what happened to it
 */
public record RunUseCases(
        CreateRun create,
        ExplainRun explain,
        UploadRunInput upload,
        FindRun find,
        ListRuns list,
        ReadRunResult result,
        CancelRun cancel,
        RemoveRuns remove,
        CreateTempRun createTemp,
        UploadTempSkill uploadTemp,
        FindTempRun findTemp,
        FindPending pending,
        AnswerQuestion answer,
        RunArtifacts artifacts,
        BrowseRunFiles files,
        OpenRunBundle bundles,
        ReadRunLogs logs,
        ReadLogRange logRange,
        FollowRun follow,
        ReadStretch stretch,
        ReadEvents events,
        ReadHistory history) {
    /** Refuses null parts. */
    public RunUseCases {
        Objects.requireNonNull(create);
        Objects.requireNonNull(explain);
        Objects.requireNonNull(upload);
        Objects.requireNonNull(find);
        Objects.requireNonNull(list);
        Objects.requireNonNull(result);
        Objects.requireNonNull(cancel);
        Objects.requireNonNull(remove);
        Objects.requireNonNull(createTemp);
        Objects.requireNonNull(uploadTemp);
        Objects.requireNonNull(findTemp);
        Objects.requireNonNull(pending);
        Objects.requireNonNull(answer);
        Objects.requireNonNull(artifacts);
        Objects.requireNonNull(files);
        Objects.requireNonNull(bundles);
        Objects.requireNonNull(logs);
        Objects.requireNonNull(logRange);
        Objects.requireNonNull(follow);
        Objects.requireNonNull(stretch);
        Objects.requireNonNull(events);
        Objects.requireNonNull(history);
    }
}
