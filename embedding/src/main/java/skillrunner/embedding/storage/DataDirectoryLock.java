package skillrunner.embedding.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skillrunner.application.storage.StoreUnusableException;
import skillrunner.files.KeptFolders;
import skillrunner.files.LockFiles;

/**
 * Keeps a second runner away from the same data, and notices when the directory or its lock is not any more what was taken. While it is
 * held, nothing of this process makes the directory again. The operating system gives the lock back however this process ends. Safe for concurrent use.
 */
public final class DataDirectoryLock implements AutoCloseable {
    private static final String FILE = ".lock";

    /**
     * What this process has locked. Whoever opens such a file once more and closes it again takes the lock from its holder, for the
     * system gives all of them back that the process has on the file.
     */
    private static final Set<Object> HELD = new HashSet<>();

    private static final String NO_IDENTITY = "";

    private final Path data;
    private final FileChannel channel;
    private final Object directory;
    private final Object file;
    private final KeptFolders.Kept kept;

    private DataDirectoryLock(Path data, FileChannel channel) throws IOException {
        this.data = data;
        this.channel = channel;
        this.directory = identity(data);
        this.file = identity(data.resolve(FILE));
        this.kept = KeptFolders.keep(data);
    }

    /**
     * Takes a directory, creating it first.
     *
     * @param data the directory
     * @return the lock, or empty if another runner has it
     * @throws StoreUnusableException if the directory can't be used
     */
    public static Optional<DataDirectoryLock> take(Path data) {
        try {
            // Of a link to a directory, which is as good, older JDKs would say that it is in the way.
            if (!Files.isDirectory(data)) {
                Files.createDirectories(data);
            }
            synchronized (HELD) {
                return Files.exists(data.resolve(FILE)) && HELD.contains(identity(data.resolve(FILE)))
                        ? Optional.empty()
                        : takeFree(data);
            }
        } catch (IOException e) {
            throw unusable(data, e);
        }
    }

    private static Optional<DataDirectoryLock> takeFree(Path data) throws IOException {
        FileChannel channel = LockFiles.open(data.resolve(FILE));
        boolean taken = false;
        try {
            if (tryLock(channel) == null) {
                return Optional.empty();
            }
            DataDirectoryLock lock = new DataDirectoryLock(data, channel);
            if (!lock.file.equals(NO_IDENTITY)) {
                HELD.add(lock.file);
            }
            taken = true;
            return Optional.of(lock);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /**
     * Says that a data directory can't be used.
     *
     * @param data the directory
     * @param e what was met
     * @return what to throw
     */
    public static StoreUnusableException unusable(Path data, IOException e) {
        String reason = e.toString();
        if (e instanceof AccessDeniedException denied) {
            reason = "no permission for " + denied.getFile();
        } else if (e instanceof FileSystemException met && met.getReason() != null) {
            reason = met.getFile() + ": " + met.getReason();
        } else if (e instanceof FileSystemException met) {
            reason = met.getFile() + " is in the way";
        }
        return new StoreUnusableException(
                "the data directory " + data + " can't be used: " + reason + "; it must be a directory of this user"
                        + " that can be written to",
                e);
    }

    /**
     * Tells whether directory and lock are still the ones that were taken.
     *
     * @return half a sentence about what is wrong; empty if nothing is or nobody could look
     */
    public Optional<String> fault() {
        try {
            if (!directory.equals(identity(data))) {
                return Optional.of("the data directory " + data + " was replaced");
            }
            if (!file.equals(identity(data.resolve(FILE)))) {
                return Optional.of(data.resolve(FILE) + " was replaced");
            }
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.of(
                    Files.notExists(data)
                            ? "the data directory " + data + " was removed"
                            : data.resolve(FILE) + " was removed");
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            HELD.remove(file);
            kept.close();
            channel.close();
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Where the file system has no identities, all files look alike. */
    private static Object identity(Path path) throws IOException {
        @Nullable
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return Objects.requireNonNullElse(key, NO_IDENTITY);
    }
}
