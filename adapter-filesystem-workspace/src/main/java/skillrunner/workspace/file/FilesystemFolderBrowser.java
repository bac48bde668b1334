package skillrunner.workspace.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import skillrunner.application.file.FilePreview;
import skillrunner.application.file.FileTree;
import skillrunner.application.file.FolderBrowser;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.application.storage.UnavailableException;
import skillrunner.files.NoAnswerException;
import skillrunner.files.PatientLooks;
import skillrunner.files.UntrustedFolder;

/** Looks into folders of this machine; a location is a path. Keeps nothing. Safe for concurrent use. */
public final class FilesystemFolderBrowser implements FolderBrowser {
    private static final Duration PATIENCE_FOR_A_SIGN = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Makes a browser. */
    public FilesystemFolderBrowser() {}

    /** {@inheritDoc} What can't be opened is a leaf as well: a person may see what is there. */
    @Override
    public FileTree tree(String location) {
        return asked(location, () -> lookedAt(location));
    }

    private static FileTree lookedAt(String location) {
        Optional<UntrustedFolder> opened = UntrustedFolder.open(Path.of(location));
        if (opened.isEmpty()) {
            return new FileTree(List.of(), false);
        }
        try (UntrustedFolder folder = opened.get()) {
            return ShownFiles.tree(folder.list(ShownFiles.LIMITS, path -> true));
        }
    }

    @Override
    public FilePreview preview(String location, String path) {
        Path folder = Path.of(location);
        Path named = ShownFiles.named(folder, path);
        return asked(location, () -> {
            try (UntrustedFolder opened = UntrustedFolder.open(folder).orElseThrow(ShownFiles::notFound);
                    FileChannel file = opened.file(path).orElseThrow(() -> ShownFiles.refused(folder, named))) {
                return ShownFiles.preview(file);
            }
        });
    }

    /** A skill may be linked into its place from a file system that never answers. */
    private static <T> T asked(String location, PatientLooks.Look<T> look) {
        Path folder = Path.of(location);
        try {
            PatientLooks.at(folder, PATIENCE_FOR_A_SIGN, () -> Files.exists(folder));
            return PatientLooks.at(folder, PATIENCE, look);
        } catch (NoAnswerException e) {
            throw new UnavailableException("the folder lies on a file system that does not answer", e);
        } catch (IOException e) {
            throw new StorageFaultException(e);
        }
    }
}
