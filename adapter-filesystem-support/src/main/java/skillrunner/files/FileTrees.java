package skillrunner.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whole folders: removing them, and bringing them to the disk. Safe for concurrent use. */
public final class FileTrees {
    private FileTrees() {}

    /**
     * Brings everything in a folder of ours to the disk, contents and names; the name of the folder itself is left to
     * whoever gives it one. Links are not followed.
     *
     * @param tree the folder, in which nobody else writes
     * @throws IOException if something can't be brought there
     */
    public static void sync(Path tree) throws IOException {
        List<Path> files = new ArrayList<>();
        List<Path> folders = new ArrayList<>();
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                folders.add(folder);
                return FileVisitResult.CONTINUE;
            }
        });
        if (files.size() > FolderHandle.SYNCED_ONE_BY_ONE && syncWhole(tree)) {
            return;
        }
        for (Path file : files) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
        for (Path folder : folders) {
            DurableFiles.sync(folder);
        }
    }

    private static boolean syncWhole(Path tree) throws IOException {
        try (FolderHandle handle = FolderHandles.ofThisMachine().trusted(tree)) {
            return handle.syncWhole();
        }
    }

    /**
     * Renames a folder or file of ours in one step, and brings the change to the disk.
     *
     * @param from what it is called
     * @param to what it shall be called; a folder of that name does not exist
     * @throws IOException if it can't be renamed
     */
    public static void rename(Path from, Path to) throws IOException {
        renameUnsynced(from, to);
        DurableFiles.sync(DurableFiles.folderOf(to));
        DurableFiles.sync(DurableFiles.folderOf(from));
    }

    /**
     * Renames a folder or file of ours in one step. A loss of power may undo it.
     *
     * @param from what it is called
     * @param to what it shall be called, on the same file system; a folder of that name does not exist
     * @throws IOException if it can't be renamed
     */
    public static void renameUnsynced(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

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
            throw DiskFaults.explained(e, tree);
        }
    }
}
