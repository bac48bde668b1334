package skillrunner.workspace.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.storage.DiskReserve;
import skillrunner.files.DiskFaults;
import skillrunner.files.FileTrees;

/** A reserve file, and a few empty files, in the data directory. Looks at the disk ten times a second at most. Safe for concurrent use. */
public final class FileDiskReserve implements DiskReserve {
    private static final Logger LOG = LoggerFactory.getLogger(FileDiskReserve.class);

    /** Enough for the database to grow by a few pages and for the result of each run at work. */
    private static final int RESERVE_BYTES = 4 * 1024 * 1024;

    /** Enough to end each run at work where it is inodes that are used up. */
    private static final int RESERVE_FILES = 64;

    private static final long THRESHOLD_BYTES = 1024L * 1024;
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long TRY_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path folder;
    private final List<Path> below;
    private final Path file;
    private final Path spareFiles;
    private final AtomicLong shortages = new AtomicLong();
    private volatile long lookAgainAt = System.nanoTime();
    private volatile boolean lastAnswer;
    private long probeAgainAt = System.nanoTime();
    private boolean lastProbe;
    private boolean unknown;
    private volatile long tryAgainAt = System.nanoTime();
    private volatile boolean lastWrite = true;
    private volatile boolean held;
    private boolean refused;

    /**
     * Takes the folder to guard.
     *
     * @param folder the data directory
     * @param below folders in it that are needed; one that is missing is made by whoever writes there
     */
    public FileDiskReserve(Path folder, List<String> below) {
        this.folder = folder;
        this.below = below.stream().map(folder::resolve).toList();
        this.file = folder.resolve(".reserve");
        this.spareFiles = folder.resolve(".reserve.files");
    }

    @Override
    public boolean exhausted() {
        if (System.nanoTime() - lookAgainAt >= 0) {
            look();
        }
        return lastAnswer;
    }

    private synchronized void look() {
        long now = System.nanoTime();
        if (now - lookAgainAt < 0) {
            return;
        }
        lookAgainAt = now + LOOK_EVERY_NANOS;
        boolean exhausted = usable() < THRESHOLD_BYTES || takesNoFiles(now);
        if (exhausted && !lastAnswer) {
            shortages.incrementAndGet();
        }
        lastAnswer = exhausted;
    }

    /** Inodes and quotas can't be asked, only tried, which is done less often. */
    private boolean takesNoFiles(long now) {
        if (now - probeAgainAt >= 0) {
            probeAgainAt = now + TRY_EVERY_NANOS;
            lastProbe = DiskFaults.isFull(folder);
        }
        return lastProbe;
    }

    @Override
    public long shortages() {
        return shortages.get();
    }

    /** Tried by a file, for a file system that was made read-only by a fault of its disk still says that it may be written. */
    @Override
    public synchronized boolean writable() {
        long now = System.nanoTime();
        if (now - tryAgainAt >= 0) {
            tryAgainAt = now + TRY_EVERY_NANOS;
            boolean writes = below.stream().noneMatch(FileDiskReserve::isNoFolder) && tryToWrite();
            if (writes != lastWrite) {
                LOG.warn(
                        "the data directory {}",
                        writes
                                ? "takes writes again"
                                : "is missing, takes no writes or holds something else in the place of a folder");
            }
            lastWrite = writes;
        }
        return lastWrite;
    }

    private static boolean isNoFolder(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(path);
    }

    private boolean tryToWrite() {
        try {
            Path trial = Files.createTempFile(folder, ".trial", "");
            Files.delete(trial);
            return true;
        } catch (IOException e) {
            // A full disk has a word of its own.
            return lastAnswer && Files.isDirectory(folder);
        }
    }

    @Override
    public boolean isHeld() {
        return held;
    }

    @Override
    public synchronized void release() {
        held = false;
        try {
            boolean files = Files.exists(spareFiles);
            FileTrees.remove(spareFiles);
            if (Files.deleteIfExists(file) || files) {
                LOG.warn(
                        "the disk is full; the reserve of {} bytes and {} files was given free",
                        RESERVE_BYTES,
                        RESERVE_FILES);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.error("the reserve could not be given free", e);
        }
    }

    @Override
    public synchronized void restore() {
        if (Files.exists(file) && Files.exists(spareFiles)) {
            held = true;
            return;
        }
        if (usable() < 4L * RESERVE_BYTES) {
            return;
        }
        try {
            if (!Files.exists(file)) {
                Files.write(file, new byte[RESERVE_BYTES]);
            }
            if (!Files.exists(spareFiles)) {
                Files.createDirectory(spareFiles);
                for (int i = 0; i < RESERVE_FILES; i++) {
                    Files.createFile(spareFiles.resolve(String.valueOf(i)));
                }
            }
            held = true;
            refused = false;
        } catch (IOException e) {
            if (!refused) {
                LOG.warn("the reserve could not be taken: {}", e.toString());
            }
            refused = true;
            release();
        }
    }

    /** Asked several times a second, like {@link #restore}, so what keeps it from being told is logged once and not each time. */
    private long usable() {
        try {
            long usable = Files.getFileStore(folder).getUsableSpace();
            unknown = false;
            return usable;
        } catch (IOException e) {
            if (!unknown) {
                LOG.warn("free space is unknown: {}", e.toString());
            }
            unknown = true;
            return Long.MAX_VALUE;
        }
    }
}
