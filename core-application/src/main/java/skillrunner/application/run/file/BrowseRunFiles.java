package skillrunner.application.run.file;

import java.util.Objects;
import skillrunner.application.file.FilePreview;
import skillrunner.application.file.FileTree;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.journal.KeepJournal;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunId;

/**
 * Shows the files of a run to whoever looks after it, with its journal told as far as it can be. Changes nothing else; safe for concurrent
 * use.
 */
public final class BrowseRunFiles {
    private final FindRun findRun;
    private final RunFiles files;
    private final KeepJournal journal;

    public BrowseRunFiles(FindRun findRun, RunFiles files, KeepJournal journal) {
        this.findRun = Objects.requireNonNull(findRun);
        this.files = Objects.requireNonNull(files);
        this.journal = Objects.requireNonNull(journal);
    }

    /**
     * The files of a run.
     *
     * @param run the run
     * @param tree its files
     */
    public record Found(RunId run, FileTree tree) {
        /** Refuses null parts. */
        public Found {
            Objects.requireNonNull(run);
            Objects.requireNonNull(tree);
        }
    }

    /**
     * A file of a run.
     *
     * @param run the run
     * @param preview what a person sees of it
     */
    public record Shown(RunId run, FilePreview preview) {
        /** Refuses null parts. */
        public Shown {
            Objects.requireNonNull(run);
            Objects.requireNonNull(preview);
        }
    }

    /**
     * Names the files of a run.
     *
     * @param request the request that it serves
     * @return the files
     * @throws RefusedException with {@code REQUEST_NOT_FOUND}, or {@code RUN_NOT_FOUND} while the request waits for files
     */
    public Found files(RequestId request) {
        RunId run = findRun.find(request).run().id();
        journal.settle(run);
        return new Found(run, files.tree(run));
    }

    /**
     * Reads a file of a run.
     *
     * @param request the request that it serves
     * @param path the file, as a client names it
     * @return the preview
     * @throws RefusedException as {@link #files}, and with {@code PATH_INVALID} or {@code FILE_NOT_FOUND}
     */
    public Shown preview(RequestId request, String path) {
        RunId run = findRun.find(request).run().id();
        journal.settle(run);
        return new Shown(run, files.preview(run, path));
    }
}
