package skillrunner.application.run.file;

import skillrunner.application.file.FilePreview;
import skillrunner.application.file.FileTree;
import skillrunner.domain.run.RunId;

/**
 * The files of runs as people look at them: what the agent may write, and beside it what the server keeps in {@code result/}
 * and {@code .audit/}, where nothing of the agent's is shown. Files that engines sign in with are not there for anybody.
 * Changes nothing; safe for concurrent use.
 */
public interface RunFiles {
    /**
     * Names the files.
     *
     * @param run the run
     * @return the entries; none if the run has no files yet, and not all of very many
     */
    FileTree tree(RunId run);

    /**
     * Reads a file for people.
     *
     * @param run the run
     * @param path the file, as a client names it
     * @return the preview
     * @throws skillrunner.domain.problem.RefusedException with {@code PATH_INVALID} or {@code FILE_NOT_FOUND}, as {@link
     *     skillrunner.application.file.FolderBrowser#preview} says
     */
    FilePreview preview(RunId run, String path);
}
