package skillrunner.workspace.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import skillrunner.application.file.FileEntry;
import skillrunner.application.file.FilePreview;
import skillrunner.application.file.FileTree;
import skillrunner.application.run.file.RunFiles;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.domain.path.RelativePath;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RunFileRules;
import skillrunner.domain.run.RunId;
import skillrunner.workspace.file.ShownFiles;

/** Files of run directories. Keeps nothing; safe for concurrent use. */
public final class FilesystemRunFiles implements RunFiles {
    private static final Comparator<List<FileEntry>> ORDER = Comparator.comparing(
                    (List<FileEntry> part) -> !part.get(0).directory())
            .thenComparing(part -> part.get(0).name().toLowerCase(Locale.ROOT))
            .thenComparing(part -> part.get(0).name());

    private final RunLayout layout;
    private final RunFileRules rules;

    public FilesystemRunFiles(RunLayout layout, RunFileRules rules) {
        this.layout = Objects.requireNonNull(layout);
        this.rules = Objects.requireNonNull(rules);
    }

    @Override
    public FileTree tree(RunId run) {
        Optional<RunFolder> opened = RunFolder.open(layout, run);
        if (opened.isEmpty()) {
            return new FileTree(List.of(), false);
        }
        try (RunFolder folder = opened.get()) {
            FileTree servers = ShownFiles.tree(folder.server(ShownFiles.LIMITS, RunFileRules::isServers));
            FileTree agents = ShownFiles.tree(folder.workspace(
                    ShownFiles.LIMITS, path -> !RunFileRules.isServers(path) && !rules.isCredential(path)));
            return new FileTree(
                    Stream.concat(parts(servers).stream(), parts(agents).stream())
                            .sorted(ORDER)
                            .flatMap(List::stream)
                            .toList(),
                    servers.truncated() || agents.truncated());
        }
    }

    /** Each entry at the top with all that lies in it, which follows it. */
    private static List<List<FileEntry>> parts(FileTree tree) {
        List<List<FileEntry>> parts = new ArrayList<>();
        for (FileEntry entry : tree.entries()) {
            if (entry.depth() == 0) {
                parts.add(new ArrayList<>());
            }
            parts.get(parts.size() - 1).add(entry);
        }
        return parts;
    }

    @Override
    public FilePreview preview(RunId run, String path) {
        Path workspace = layout.workspace(run);
        Path named = ShownFiles.named(workspace, path);
        String plain = RelativePath.parse(path).map(RelativePath::text).orElse("");
        if (rules.isCredential(plain)) {
            throw ShownFiles.notFound();
        }
        try (RunFolder folder = RunFolder.open(layout, run).orElseThrow(ShownFiles::notFound);
                FileChannel file = file(folder, plain).orElseThrow(() -> refused(workspace, named, plain))) {
            return ShownFiles.preview(file);
        } catch (IOException e) {
            throw new StorageFaultException(e);
        }
    }

    private static Optional<FileChannel> file(RunFolder folder, String path) throws IOException {
        return RunFileRules.isServers(path) ? folder.serverFile(path) : folder.workspaceFile(path);
    }

    private static RefusedException refused(Path workspace, Path named, String path) {
        return RunFileRules.isServers(path) ? ShownFiles.notFound() : ShownFiles.refused(workspace, named);
    }
}
