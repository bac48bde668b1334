package skillrunner.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Removes one tree by handles on its folders. Every folder is opened relative to the one above it and without following a
 * link, so whatever is swapped meanwhile, nothing outside is touched. Used once, by one thread.
 */
final class TreeRemoval {
    /** Folders that are open at once. What lies deeper is moved up first, so that neither handles nor the stack run out. */
    private static final int MAX_DEPTH = 48;

    /** A folder that somebody fills faster than it is emptied is given up. */
    private static final int MAX_ROUNDS = 10_000;

    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");
    private static final Path ITSELF = Path.of(".");

    private @Nullable IOException first;
    private @Nullable SecureDirectoryStream<Path> top;

    /**
     * Removes a tree.
     *
     * @param parent the folder it lies in
     * @param tree its path
     * @throws IOException the first reason why something is left
     */
    void remove(SecureDirectoryStream<Path> parent, Path tree) throws IOException {
        remove(parent, tree, 0);
        if (first != null) {
            throw first;
        }
    }

    /** @return true if the entry is no longer in this folder */
    private boolean remove(SecureDirectoryStream<Path> folder, Path path, int depth) {
        Path name = path.getFileName();
        try {
            if (!isFolder(folder, name)) {
                folder.deleteFile(name);
                return true;
            }
            try (SecureDirectoryStream<Path> opened = open(folder, path)) {
                if (top == null) {
                    top = opened;
                }
                if (depth > MAX_DEPTH) {
                    folder.move(name, top, Path.of(DurableFiles.temporaryName()));
                    return true;
                }
                empty(opened, path, depth);
            }
            folder.deleteDirectory(name);
            return true;
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException | DirectoryIteratorException e) {
            if (first == null) {
                first = e instanceof IOException io ? io : new IOException(e);
            }
            return false;
        }
    }

    /** Looks again until nothing more goes: a look while entries vanish may miss some, and deep folders are moved up. */
    private void empty(SecureDirectoryStream<Path> folder, Path path, int depth) throws IOException {
        boolean some = true;
        for (int round = 0; some && round < MAX_ROUNDS; round++) {
            some = false;
            try (DirectoryStream<Path> children = folder.newDirectoryStream(ITSELF, LinkOption.NOFOLLOW_LINKS)) {
                for (Path child : children) {
                    some |= remove(folder, path.resolve(child.getFileName()), depth + 1);
                }
            }
        }
    }

    private static SecureDirectoryStream<Path> open(SecureDirectoryStream<Path> folder, Path path) throws IOException {
        Path name = path.getFileName();
        SecureDirectoryStream<Path> opened;
        try {
            opened = folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
        } catch (AccessDeniedException e) {
            Files.setPosixFilePermissions(path, OWNER);
            return folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
        }
        PosixFileAttributeView view = opened.getFileAttributeView(PosixFileAttributeView.class);
        if (view != null && !view.readAttributes().permissions().containsAll(OWNER)) {
            try {
                view.setPermissions(OWNER);
            } catch (IOException e) {
                // Whoever may not change the rights may not remove what is inside either, and that is told.
            }
        }
        return opened;
    }

    private static boolean isFolder(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        return folder.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes()
                .isDirectory();
    }
}
