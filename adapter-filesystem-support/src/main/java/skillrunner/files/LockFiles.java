package skillrunner.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Files that are only there to be locked. Safe for concurrent use. */
public final class LockFiles {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private LockFiles() {}

    /**
     * Takes the lock that everybody takes who changes a file from what it holds: the threads of this program and other servers. It is given
     * back by being closed, or by the end of this process.
     *
     * @param file the file; its folder exists, and the lock is a file beside it
     * @param patience how long is waited for whoever has it, which is for moments unless it hangs
     * @return the lock
     * @throws IOException if somebody has it for longer, or it can't be taken at all
     */
    public static Closeable hold(Path file, Duration patience) throws IOException {
        FileChannel channel = open(file.resolveSibling("." + file.getFileName() + ".skill-runner.lock"));
        try {
            long begun = System.nanoTime();
            while (!tryLock(channel)) {
                if (System.nanoTime() - begun > patience.toNanos()) {
                    throw new IOException("somebody else has " + file.getFileName() + " under the lock");
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Another thread has it.
            return false;
        }
    }

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
