package skillrunner.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;

/** Removes whole folders. Safe for concurrent use. */
public final class FileTrees {
    private FileTrees() {}

    /**
     * Removes a file or a folder and all it holds, however deep. Links are removed, not followed, also those that somebody
     * swaps in meanwhile; folders without rights for their owner are given them. One bad entry does not keep the others.
     * Does nothing if there is no such folder.
     *
     * @param tree the folder; its parent is trusted
     * @throws UncheckedIOException if something is left after all that can be removed was; it tells the first reason
     */
    public static void remove(Path tree) {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path name = tree.getFileName();
        if (name == null) {
            throw new IllegalArgumentException("'" + tree + "' can't be removed");
        }
        try (DirectoryStream<Path> parent = Files.newDirectoryStream(DurableFiles.folderOf(tree))) {
            if (parent instanceof SecureDirectoryStream<Path> secure) {
                new TreeRemoval().remove(secure, tree.toAbsolutePath());
            } else {
                PortableTreeRemoval.remove(tree);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // It went while somebody looked.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
