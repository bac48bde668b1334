package skillrunner.application.run.turn;

import java.util.Map;
import skillrunner.application.run.process.AttemptFiles;
import skillrunner.application.run.result.AttemptAudit;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunRequest;

/**
 * The folders of runs: for each one that belongs to the server (records, result, status) and, apart from it, the workspace,
 * which is the agent's working directory. An agent, or what an earlier turn left running, may put anything into the
 * workspace: links, pipes, devices. Nothing there is believed or followed, and what the server writes there replaces
 * whatever is in its place. Each step may be repeated after a crash and then ends in the same state. Implementations are safe
 * for concurrent use on different runs.
 *
 * <p>Any method that writes throws {@link skillrunner.application.storage.StorageFullException} if the disk is full.
 */
public interface RunWorkspaces {
    /**
     * Makes both folders of a run; in the workspace the request, the uploaded files (moved from where they were kept for the
     * request), and an empty folder for artifacts.
     *
     * @param run the run
     * @param request the request that caused it
     * @return the workspace
     */
    Workspace create(Run run, RunRequest request);

    /**
     * Lists the uploaded files at the top level of the upload.
     *
     * @param run the run
     * @return name to absolute path
     */
    Map<String, String> uploads(RunId run);

    /**
     * Carries out a plan: copies the skill, with its instructions appended, writes the engine's settings and the prompt, records
     * which files are there. What is in the place of any of these is replaced. An attempt whose process may have been started
     * already keeps its output.
     *
     * @param run the run
     * @param skill the skill
     * @param plan the plan
     * @return where its process reads and writes
     * @throws IllegalArgumentException if a path of the settings leads out of the workspace
     */
    AttemptFiles open(RunId run, InstalledSkill skill, TurnPlan plan);

    /**
     * Ends the output of an attempt whose process goes on: what it writes from there on belongs to the attempt that follows. The
     * first end that is given stays.
     *
     * @param run the run
     * @param number the attempt
     * @param end where it ends, from its beginning on
     */
    void endTurn(RunId run, int number, OutputPosition end);

    /**
     * Opens an attempt that goes on with the process of the one before, whose output has ended. Nothing in the workspace is
     * touched.
     *
     * @param audit what is known at the start
     * @param prompt what the engine is told
     * @param reply the answer that the turn goes on with, as JSON
     */
    void goOn(AttemptAudit audit, String prompt, String reply);

    /**
     * Returns where an attempt's process reads and writes.
     *
     * @param run the run
     * @param number the attempt
     * @return the files, whether they exist or not
     */
    AttemptFiles attemptFiles(RunId run, int number);
}
