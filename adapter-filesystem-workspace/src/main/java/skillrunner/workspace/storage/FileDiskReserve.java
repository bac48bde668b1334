package skillrunner.workspace.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.storage.DiskReserve;

/** A reserve file in the data directory. Looks at the disk once a second at most. Safe for concurrent use. */
public final class FileDiskReserve implements DiskReserve {
    private static final Logger LOG = LoggerFactory.getLogger(FileDiskReserve.class);

    /** Enough for the database to grow by a few pages and for the result of each run at work. */
    private static final int RESERVE_BYTES = 4 * 1024 * 1024;

    private static final long THRESHOLD_BYTES = 1024L * 1024;
    private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path folder;
    private final Path file;
    private volatile long lookAgainAt = System.nanoTime();
    private volatile boolean lastAnswer;

    /**
     * Takes the folder to guard.
     *
     * @param folder the data directory
     */
    public FileDiskReserve(Path folder) {
        this.folder = folder;
        this.file = folder.resolve(".reserve");
    }

    @Override
    public boolean exhausted() {
        long now = System.nanoTime();
        if (now - lookAgainAt >= 0) {
            lookAgainAt = now + LOOK_EVERY_NANOS;
            lastAnswer = usable() < THRESHOLD_BYTES;
        }
        return lastAnswer;
    }

    @Override
    public synchronized void release() {
        try {
            if (Files.deleteIfExists(file)) {
                LOG.warn("the disk is full; the reserve of {} bytes was given free", RESERVE_BYTES);
            }
        } catch (IOException e) {
            LOG.error("the reserve could not be given free", e);
        }
    }

    @Override
    public synchronized void restore() {
        if (Files.exists(file) || usable() < 4L * RESERVE_BYTES) {
            return;
        }
        try {
            Files.write(file, new byte[RESERVE_BYTES]);
        } catch (IOException e) {
            LOG.warn("the reserve could not be taken: {}", e.toString());
            release();
        }
    }

    private long usable() {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            LOG.warn("free space is unknown: {}", e.toString());
            return Long.MAX_VALUE;
        }
    }
}
