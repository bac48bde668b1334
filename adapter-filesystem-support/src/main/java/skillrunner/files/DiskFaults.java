package skillrunner.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.application.storage.StorageFullException;

/**
 * Tells a full disk from other troubles. The file system is asked, never the words of an exception: those depend on the
 * system, its language and the JDK. Safe for concurrent use.
 */
public final class DiskFaults {
    /** Less than this is not worth having: the next write of any size fails. */
    private static final long NOTHING_LEFT_BYTES = 64L * 1024;

    private static final int SAMPLE_BYTES = 16 * 1024;

    private DiskFaults() {}

    /**
     * Turns what the disk reported into what the core understands. To be called before anything is removed, since that
     * makes room.
     *
     * @param e what was reported
     * @param where the file or folder that was being written
     * @return {@link StorageFullException} if space, inodes or a quota are used up, else a {@link StorageFaultException}
     */
    public static RuntimeException explained(IOException e, Path where) {
        return noted(e, where) instanceof DiskFullException
                ? new StorageFullException(e)
                : new StorageFaultException(e, isInTheWay(e, where));
    }

    /** Something else stands where a folder should be. The file system is asked by both names, for a report may have a short one. */
    private static boolean isInTheWay(IOException e, Path where) {
        if (isBelowNoFolder(where)) {
            return true;
        }
        String named = e instanceof FileSystemException report ? report.getFile() : null;
        if (named == null) {
            return false;
        }
        Path reported = Path.of(named);
        return isBelowNoFolder(reported) || (e instanceof FileAlreadyExistsException && isNoFolder(reported));
    }

    /**
     * Tells whether something else stands where one of the folders above a file should be, so that there is no such file.
     *
     * @param path the file
     * @return false as well if it could not be looked at
     */
    public static boolean isBelowNoFolder(Path path) {
        for (Path at = path.toAbsolutePath().getParent(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at)) {
                return false;
            }
            if (isNoFolder(at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNoFolder(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(path);
    }

    /**
     * Tells whether nothing more can be written. Space is asked first; then a small file is written where the trouble was,
     * which is the only way to notice that inodes or the quota of a user are used up.
     *
     * @param where a file or folder; it may be absent
     * @return true if space, inodes or a quota are used up
     */
    public static boolean isFull(Path where) {
        // A thread that is interrupted can write nothing however much room there is.
        boolean interrupted = Thread.interrupted();
        try {
            return isFullNow(where);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isFullNow(Path where) {
        Path folder = existingFolder(where);
        try {
            FileStore store = Files.getFileStore(folder);
            if (store.isReadOnly()) {
                return false;
            }
            return store.getUsableSpace() < NOTHING_LEFT_BYTES || !takesFiles(folder);
        } catch (IOException e) {
            return false;
        }
    }

    /** Remembers in the exception that the disk was full, for whoever explains it after making room. */
    static IOException noted(IOException e, Path where) {
        return e instanceof DiskFullException || !isFull(where) ? e : new DiskFullException(e);
    }

    private static boolean takesFiles(Path folder) {
        Path sample = folder.resolve(DurableFiles.temporaryName());
        try (FileChannel channel = FileChannel.open(
                sample, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
            return takesBytes(channel);
        } catch (AccessDeniedException | NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            // A file can't be made without a descriptor, a folder can; and both take an inode and a place in the folder
            // above. So this tells a disk without room from a server without descriptors. A disk that a fault has made
            // read-only has no room either, but is not full; and it does not call itself read-only.
            return FolderHandles.ofThisMachine().hasRoomForFolder(sample);
        } finally {
            remove(sample);
        }
    }

    private static boolean takesBytes(FileChannel channel) {
        ByteBuffer bytes = ByteBuffer.allocate(SAMPLE_BYTES);
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return true;
        } catch (ClosedByInterruptException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void remove(Path sample) {
        try {
            Files.deleteIfExists(sample);
        } catch (IOException e) {
            // An empty folder or a small file with a name that nobody looks for is all that stays.
        }
    }

    private static Path existingFolder(Path where) {
        Path at = where.toAbsolutePath();
        while (!Files.isDirectory(at)) {
            Path above = at.getParent();
            if (above == null) {
                return at;
            }
            at = above;
        }
        return at;
    }

    private static final class DiskFullException extends FileSystemException {
        private static final long serialVersionUID = 1L;

        DiskFullException(IOException cause) {
            super(null, null, cause.getMessage());
            initCause(cause);
        }
    }
}
