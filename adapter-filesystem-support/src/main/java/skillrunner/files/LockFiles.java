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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Files that are only there to be locked. On Unix a program that closes a file gives back whatever any of its threads has locked of it, so
 * a file is open once at a time here. Safe for concurrent use.
 */
public final class LockFiles {
    private static final Duration PAUSE = Duration.ofMillis(20);

    /** What a thread of this program has open to lock it. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

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
        Path lock = file.resolveSibling("." + file.getFileName() + ".skill-runner.lock");
        long begun = System.nanoTime();
        for (; ; ) {
            Optional<Closeable> held = take(named(lock), () -> open(lock));
            if (held.isPresent()) {
                return held.get();
            }
            if (System.nanoTime() - begun > patience.toNanos()) {
                throw new IOException("somebody else has " + file.getFileName() + " under the lock");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /**
     * Locks a file in a folder where agents may write, in the place of whatever else they left there, unless somebody has it: a thread of
     * this program or another one. It is given back by being closed, or by the end of this process.
     *
     * @param file the file
     * @return the lock, or empty while another has it
     * @throws IOException if it can't be opened or what is there can't be removed
     */
    public static Optional<Closeable> takeInPlaceOfAnything(Path file) throws IOException {
        return take(file.toAbsolutePath().normalize(), () -> openInPlaceOfAnything(file));
    }

    private static Optional<Closeable> take(Path name, Opening opening) throws IOException {
        if (!OPEN.add(name)) {
            return Optional.empty();
        }
        @Nullable FileChannel channel = null;
        boolean taken = false;
        try {
            channel = opening.open();
            taken = tryLock(channel);
            return taken ? Optional.of(new Held(name, channel)) : Optional.empty();
        } finally {
            if (!taken) {
                close(name, channel);
            }
        }
    }

    /** One name for all ways to write it. */
    private static Path named(Path lock) throws IOException {
        return DurableFiles.folderOf(lock).toRealPath().resolve(lock.getFileName());
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Whoever in this program does not ask here has it.
            return false;
        }
    }

    private static void close(Path name, @Nullable FileChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            OPEN.remove(name);
        }
    }

    /** Opens what is to be locked. */
    @FunctionalInterface
    private interface Opening {
        FileChannel open() throws IOException;
    }

    /** A lock that somebody has. Closing it again does nothing. */
    private static final class Held implements Closeable {
        private final Path name;
        private final FileChannel channel;
        private final AtomicBoolean closed = new AtomicBoolean();

        Held(Path name, FileChannel channel) {
            this.name = name;
            this.channel = channel;
        }

        @Override
        public void close() throws IOException {
            if (!closed.getAndSet(true)) {
                LockFiles.close(name, channel);
            }
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
                DurableFiles.createDirectoriesUnsynced(folder);
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
