package skillrunner.testkit.file;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import skillrunner.application.file.FilePreview;
import skillrunner.application.file.FileTree;
import skillrunner.application.file.FolderBrowser;
import skillrunner.application.run.file.RunFiles;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RunId;

/** One folder, which lies at every location and is that of every run. Safe for concurrent use. */
public final class InMemoryFolder implements FolderBrowser, RunFiles {
    private final Map<String, FilePreview> files = new ConcurrentHashMap<>();
    private volatile FileTree tree = new FileTree(List.of(), false);

    /** Makes an empty one. */
    public InMemoryFolder() {}

    /** Holds this from now on. */
    public void holds(FileTree entries) {
        tree = entries;
    }

    /** Holds a file that looks so. */
    public void put(String path, FilePreview preview) {
        files.put(path, preview);
    }

    @Override
    public FileTree tree(String location) {
        return tree;
    }

    @Override
    public FileTree tree(RunId run) {
        return tree;
    }

    @Override
    public FilePreview preview(RunId run, String path) {
        return preview(run.value(), path);
    }

    @Override
    public FilePreview preview(String location, String path) {
        if (path.isBlank()
                || path.startsWith("/")
                || List.of(path.split("/", -1)).contains("..")) {
            throw new RefusedException(ErrorCode.PATH_INVALID, "not a path below the folder");
        }
        return Optional.ofNullable(files.get(path))
                .orElseThrow(() -> new RefusedException(ErrorCode.FILE_NOT_FOUND, "no such file"));
    }
}
