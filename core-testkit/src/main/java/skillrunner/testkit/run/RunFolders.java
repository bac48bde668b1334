package skillrunner.testkit.run;

import java.io.InputStream;
import java.util.Map;
import skillrunner.application.run.admission.Uploads;
import skillrunner.application.run.bundle.RunBundles;
import skillrunner.application.run.output.RunOutput;
import skillrunner.application.run.result.RunArtifacts;
import skillrunner.application.run.result.RunRecords;
import skillrunner.application.run.turn.AnswerFiles;
import skillrunner.application.run.turn.RunWorkspaces;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.domain.run.RunId;

/** The folders of runs, seen through all ports that work in them, and what others do there. For the contracts of these ports. */
public interface RunFolders {
    /** Makes folders and prepares turns. */
    RunWorkspaces workspaces();

    /** Keeps results. */
    RunRecords records();

    /** Finds artifacts. */
    RunArtifacts artifacts();

    /** Packs runs. */
    RunBundles bundles();

    /** Takes the files that answers name. */
    AnswerFiles answerFiles();

    /** Reads output. */
    RunOutput output();

    /** Takes uploads. */
    Uploads uploads();

    /** Packs files, name to content, as a client would. */
    InputStream archive(Map<String, String> files);

    /** Makes an installed skill. */
    InstalledSkill skill();

    /** Appends to an output file, as a process would. */
    void append(String path, String text);

    /** Leaves a file under {@code artifacts/}, as an agent would. */
    void leave(RunId run, String path, String text);
}
