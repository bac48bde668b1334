package skillrunner.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Files that are only there to be locked. Safe for concurrent use. */
public final class LockFiles {
    private LockFiles() {}

    /**
     * Opens a file to lock it, making it first. To open a pipe would keep whoever does it waiting for ever, without a word.
     *
     * @param file the file; its folder exists
     * @return the open file
     * @throws UnfitFileException if something else has its name
     * @throws IOException if it can't be opened for another reason
     */
    public static FileChannel open(Path file) throws IOException {
        try {
            SmallFiles.requireFile(file);
        } catch (NoSuchFileException e) {
            // Then it is made.
        }
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /**
     * Opens a file to lock it in a folder where agents may write, making both, in the place of whatever else they left
     * under these names: that can't be locked, so nobody has locked it.
     *
     * @param file the file
     * @return the open file
     * @throws IOException if it can't be opened or what is there can't be removed
     */
    public static FileChannel openInPlaceOfAnything(Path file) throws IOException {
        try {
            Path folder = DurableFiles.folderOf(file);
            if (!Files.isDirectory(folder)) {
                FileTrees.remove(folder);
                Files.createDirectories(folder);
            }
            try {
                return open(file);
            } catch (UnfitFileException e) {
                FileTrees.remove(file);
                return open(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
