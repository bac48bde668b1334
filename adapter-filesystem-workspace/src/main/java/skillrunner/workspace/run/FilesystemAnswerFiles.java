package skillrunner.workspace.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.turn.AnswerFiles;
import skillrunner.domain.path.RelativePath;
import skillrunner.domain.run.RunId;
import skillrunner.files.DiskFaults;
import skillrunner.files.UntrustedFolder;

/** Answer files in the workspaces of runs. Safe for concurrent use on different runs. */
public final class FilesystemAnswerFiles implements AnswerFiles {
    private final RunLayout layout;

    public FilesystemAnswerFiles(RunLayout layout) {
        this.layout = Objects.requireNonNull(layout);
    }

    @Override
    public Taking take(RunId run, String named) {
        Optional<List<String>> way = way(layout.workspace(run), named);
        if (way.isEmpty()) {
            return new Taking.Refused("it does not lie in the run directory");
        }
        List<String> below = new ArrayList<>(List.of(RunLayout.ARTIFACTS));
        below.addAll(way.get());
        Optional<UntrustedFolder> opened = UntrustedFolder.open(layout.run(run), layout.inWorkspace(run));
        if (opened.isEmpty()) {
            return new Taking.Refused("there is no run directory any more");
        }
        try (UntrustedFolder workspace = opened.get()) {
            if (way.get().get(0).equals(RunLayout.ARTIFACTS) && isFile(workspace, way.get())) {
                return new Taking.Taken(String.join("/", way.get()));
            }
            if (isFile(workspace, below) || copied(workspace, way.get(), below)) {
                return new Taking.Taken(String.join("/", below));
            }
            return new Taking.Refused("there is no such regular file in the run directory; links do not count");
        } catch (IOException e) {
            throw DiskFaults.explained(e, layout.run(run));
        }
    }

    /** The way from the workspace to a file, by its text alone. */
    private static Optional<List<String>> way(Path workspace, String named) {
        try {
            Path path = Path.of(named);
            String relative = path.isAbsolute() && path.normalize().startsWith(workspace)
                    ? workspace.relativize(path.normalize()).toString()
                    : named;
            return RelativePath.parse(relative).map(RelativePath::segments);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static boolean isFile(UntrustedFolder workspace, List<String> way) throws IOException {
        Optional<FileChannel> file = workspace.file(String.join("/", way));
        if (file.isPresent()) {
            file.get().close();
        }
        return file.isPresent();
    }

    /** @return false if there is nothing to copy */
    private static boolean copied(UntrustedFolder workspace, List<String> from, List<String> to) throws IOException {
        Optional<FileChannel> file = workspace.file(String.join("/", from));
        if (file.isEmpty()) {
            return false;
        }
        int last = to.size() - 1;
        try (InputStream content = Channels.newInputStream(file.get());
                UntrustedFolder folder = workspace.makeFolder(to.subList(0, last))) {
            folder.copy(to.get(last), content, false);
        }
        return true;
    }
}
