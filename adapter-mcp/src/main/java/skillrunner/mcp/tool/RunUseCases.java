package skillrunner.mcp.tool;

import java.util.Objects;
import skillrunner.application.engine.Engines;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.ListRuns;
import skillrunner.application.run.admission.CreateRun;
import skillrunner.application.run.admission.UploadRunInput;
import skillrunner.application.run.execution.CancelRun;
import skillrunner.application.run.interaction.AnswerQuestion;
import skillrunner.application.run.interaction.FindPending;
import skillrunner.application.run.journal.ReadEvents;
import skillrunner.application.run.result.ReadRunResult;
import skillrunner.application.run.result.RunArtifacts;
import skillrunner.application.skill.SkillStore;

/**
 * What tools and resources call: what the routes of jobs call as well.
 *
 * @param skills the skills that can be run
 * @param engines the engines of this server
 * @param create accepts a request
 * @param upload takes its files
 * @param find looks its run up
 * @param list lists runs
 * @param events reads what happens to it, and watches it
 * @param pending tells what it asks
 * @param answer takes answers
 * @param cancel ends it
 * @param result reads what it came to
 * @param artifacts reads its files
 */
public record RunUseCases(
        SkillStore skills,
        Engines engines,
        CreateRun create,
        UploadRunInput upload,
        FindRun find,
        ListRuns list,
        ReadEvents events,
        FindPending pending,
        AnswerQuestion answer,
        CancelRun cancel,
        ReadRunResult result,
        RunArtifacts artifacts) {
    /** Refuses null parts. */
    public RunUseCases {
        Objects.requireNonNull(skills);
        Objects.requireNonNull(engines);
        Objects.requireNonNull(create);
        Objects.requireNonNull(upload);
        Objects.requireNonNull(find);
        Objects.requireNonNull(list);
        Objects.requireNonNull(events);
        Objects.requireNonNull(pending);
        Objects.requireNonNull(answer);
        Objects.requireNonNull(cancel);
        Objects.requireNonNull(result);
        Objects.requireNonNull(artifacts);
    }
}
