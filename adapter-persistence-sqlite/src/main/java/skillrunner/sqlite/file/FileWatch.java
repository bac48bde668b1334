package skillrunner.sqlite.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.storage.StoreUnusableException;

/**
 * Notices when an open database file is not any more what was opened: removed, replaced, truncated or overwritten, or its
 * write-ahead log lost. Safe for concurrent use.
 *
 * <p>It holds the file open itself and never closes it while the database is open: on POSIX systems closing any handle of a
 * file gives back all locks that the process has on it, those of SQLite too. For the same reason nothing else in this
 * process may open the file.
 */
final class FileWatch implements AutoCloseable {
    /** A byte that no database reaches and that SQLite never locks. */
    private static final long CLAIMED_BYTE = 1L << 62;

    private final Path file;
    private final Path log;
    private final Map<Path, Object> identities = new LinkedHashMap<>();
    private final RandomAccessFile database;
    private final RandomAccessFile index;
    private final int tag;
    private final int tagBefore;
    private long greatestSize;
    private int latestChange;

    private FileWatch(Path file, RandomAccessFile database, RandomAccessFile index, int tag) throws IOException {
        this.file = file;
        this.log = beside(file, "-wal");
        this.database = database;
        this.index = index;
        this.tag = tag;
        SqliteHeader header = header().orElseThrow(() -> new EOFException("no header"));
        this.tagBefore = header.applicationId();
        this.latestChange = header.changeCounter();
        this.greatestSize = database.length();
        for (Path part : new Path[] {file, log, beside(file, "-shm")}) {
            identities.put(part, identity(part));
        }
    }

    /**
     * Begins to watch a file that is open, and claims it.
     *
     * @param file the file
     * @param tag what its header says from the next checkpoint on
     * @return the watch
     * @throws StoreUnusableException if another server has claimed it
     * @throws IOException if it can't be looked at
     */
    @SuppressWarnings("StreamResourceLeak")
    static FileWatch begin(Path file, int tag) throws IOException {
        RandomAccessFile database = new RandomAccessFile(file.toFile(), "rw");
        if (!claim(database)) {
            throw new StoreUnusableException("another server uses the database " + file);
        }
        return new FileWatch(
                file, database, new RandomAccessFile(beside(file, "-shm").toFile(), "r"), tag);
    }

    /**
     * Looks at the file; what seems wrong is looked at twice, because SQLite may be writing.
     *
     * @return half a sentence about what is wrong; empty if nothing is or nobody could look
     */
    synchronized Optional<String> fault() {
        return look().flatMap(first -> look());
    }

    @Override
    public synchronized void close() {
        try (database) {
            index.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> look() {
        try {
            for (Map.Entry<Path, Object> part : identities.entrySet()) {
                if (!part.getValue().equals(identity(part.getKey()))) {
                    return Optional.of(part.getKey() + " was replaced");
                }
            }
            return contentFault();
        } catch (NoSuchFileException e) {
            return Optional.of(e.getFile() + " was removed");
        } catch (IOException e) {
            // Not having been able to look says nothing about the file.
            return Optional.empty();
        }
    }

    private Optional<String> contentFault() throws IOException {
        long size = database.length();
        Optional<SqliteHeader> header = header();
        if (size < greatestSize) {
            return Optional.of(file + " was truncated");
        }
        if (header.isEmpty()) {
            return Optional.of(file + " was overwritten");
        }
        int found = header.get().applicationId();
        if (found != tag && found != tagBefore) {
            return Optional.of(file + " was overwritten by another database");
        }
        // The counter may wrap round, so the difference is what counts.
        if (header.get().changeCounter() - latestChange < 0) {
            return Optional.of(file + " was overwritten by an earlier state of it");
        }
        long needed = WalIndexHeader.parse(read(index, WalIndexHeader.BYTES))
                .map(WalIndexHeader::logBytes)
                .orElse(0L);
        if (Files.size(log) < needed) {
            return Optional.of(log + " was truncated");
        }
        greatestSize = size;
        latestChange = header.get().changeCounter();
        return Optional.empty();
    }

    private Optional<SqliteHeader> header() throws IOException {
        return SqliteHeader.parse(read(database, SqliteHeader.BYTES));
    }

    private static byte[] read(RandomAccessFile from, int count) throws IOException {
        byte[] bytes = new byte[count];
        try {
            from.seek(0);
            from.readFully(bytes);
            return bytes;
        } catch (EOFException e) {
            return new byte[0];
        }
    }

    private static boolean claim(RandomAccessFile database) throws IOException {
        try {
            return database.getChannel().tryLock(CLAIMED_BYTE, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Where the file system has no identities, all files look alike. */
    private static Object identity(Path path) throws IOException {
        @Nullable
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return Objects.requireNonNullElse(key, "");
    }

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }
}
