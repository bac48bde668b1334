package skillrunner.workspace.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.run.RunId;
import skillrunner.files.EntryKind;
import skillrunner.files.FolderListing;
import skillrunner.files.FoundEntry;
import skillrunner.files.UntrustedFolder;

/** Both parts of a run as they are held for a while, so that nothing swapped meanwhile leads elsewhere. For use by one thread. */
final class RunFolder implements AutoCloseable {
    private static final FolderListing NOTHING = new FolderListing(List.of(), true);

    /** Output that the server keeps under two names of its own. */
    private static final Pattern OUTPUT =
            Pattern.compile("(\\.audit/std(out|err)\\.\\d+\\.log)|(logs/std(out|err)\\.txt)");

    private final Path directory;
    private final UntrustedFolder server;
    private final @Nullable UntrustedFolder workspace;

    private RunFolder(Path directory, UntrustedFolder server, @Nullable UntrustedFolder workspace) {
        this.directory = directory;
        this.server = server;
        this.workspace = workspace;
    }

    /** Holds the folders of a run. @return empty if it has none */
    static Optional<RunFolder> open(RunLayout layout, RunId run) {
        Path directory = layout.run(run);
        return UntrustedFolder.open(directory)
                .map(server -> new RunFolder(
                        directory,
                        server,
                        UntrustedFolder.open(directory, layout.inWorkspace(run)).orElse(null)));
    }

    /** Names what the agent may write. */
    FolderListing workspace(UntrustedFolder.Limits limits, Predicate<String> wanted) {
        return workspace == null ? NOTHING : workspace.list(limits, wanted);
    }

    /** Names what the server keeps. */
    FolderListing server(UntrustedFolder.Limits limits, Predicate<String> wanted) {
        return server.list(limits, wanted);
    }

    /** Tells whether an entry among the server's can be opened. */
    static boolean isServersFile(FoundEntry entry) {
        return entry.kind() == EntryKind.FILE
                || (entry.kind() == EntryKind.SEVERAL_NAMES
                        && OUTPUT.matcher(entry.path()).matches());
    }

    /** Opens a file of the workspace. */
    Optional<FileChannel> workspaceFile(String path) {
        return workspace == null ? Optional.empty() : workspace.file(path);
    }

    /** Opens a file of the server, which no agent in its sandbox can reach. */
    Optional<FileChannel> serverFile(String path) throws IOException {
        Optional<FileChannel> file = server.file(path);
        boolean twice = file.isEmpty()
                && OUTPUT.matcher(path).matches()
                && server.kind(path).equals(Optional.of(EntryKind.SEVERAL_NAMES));
        return twice ? StoredFiles.channel(directory.resolve(path)) : file;
    }

    @Override
    public void close() {
        server.close();
        if (workspace != null) {
            workspace.close();
        }
    }
}
