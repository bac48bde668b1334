package skillrunner.application.run.turn;

import java.util.Map;
import skillrunner.application.run.process.AttemptFiles;
import skillrunner.application.run.result.AttemptAudit;
import skillrunner.application.skill.InstalledSkill;
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
     */
    void create(Run run, RunRequest request);

    /**
     * Returns where the workspace is or will be.
     *
     * @param run the run
     * @return an absolute path
     */
    String workspace(RunId run);

    /**
     * Lists the uploaded files at the top level of the upload.
     *
     * @param run the run
     * @return name to absolute path
     */
    Map<String, String> uploads(RunId run);

    /**
     * Copies a skill into the workspace, replacing an earlier copy, with instructions appended to its SKILL.md.
     *
     * @param run the run
     * @param skill the skill
     * @param folder where the engine looks for skills, inside the workspace
     * @param instructions text to append
     */
    void installSkill(RunId run, InstalledSkill skill, String folder, String instructions);

    /**
     * Writes an engine's settings into the workspace, each file in one step, replacing what is there.
     *
     * @param run the run
     * @param files path below the workspace to content
     * @throws IllegalArgumentException if a path leads out of the workspace
     */
    void writeSettings(RunId run, Map<String, String> files);

    /**
     * Opens an attempt: writes its prompt to the file its process will read and records which files are there. An
     * attempt whose process may have been started already keeps its output.
     *
     * @param audit what is known at the start
     * @param prompt what the engine is told
     * @return where its process reads and writes
     */
    AttemptFiles openAttempt(AttemptAudit audit, String prompt);

    /**
     * Returns where an attempt's process reads and writes.
     *
     * @param run the run
     * @param number the attempt
     * @return the files, whether they exist or not
     */
    AttemptFiles attemptFiles(RunId run, int number);
}
