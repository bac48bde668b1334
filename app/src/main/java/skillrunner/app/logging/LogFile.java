package skillrunner.app.logging;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file that is only ever appended to, and that may be rotated under it: moved or deleted, it is made anew with the next
 * line; truncated, it goes on from its new end. Nothing is buffered, so the last line before a crash is there. Threads may
 * share one.
 */
public final class LogFile implements LogLines {
    private static final int TYPE_OF_FILE = 0170000;
    private static final int PIPE = 0010000;

    private final Path path;
    private FileOutputStream out;
    private @Nullable Object key;

    private LogFile(Path path, FileOutputStream out, @Nullable Object key) {
        this.path = path;
        this.out = out;
        this.key = key;
    }

    /**
     * Opens or makes the file. What it holds stays.
     *
     * @param path the file; its folder must be there
     * @return the open file
     * @throws IOException with a sentence that says what is wrong with the path
     */
    public static LogFile open(Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (Files.isDirectory(path)) {
            throw new IOException("it is a folder");
        }
        if (folder != null && !Files.isDirectory(folder)) {
            throw new IOException("its folder does not exist");
        }
        refusePipe(path);
        if (Files.exists(path) ? !Files.isWritable(path) : folder != null && !Files.isWritable(folder)) {
            throw new IOException("it may not be written");
        }
        FileOutputStream out = new FileOutputStream(path.toFile(), true);
        if (!Files.isRegularFile(path)) {
            tryDevice(out);
        }
        return new LogFile(path, out, keyOf(path).orElse(null));
    }

    /** A device that takes nothing, as /dev/full, tells so only when it is written to; and it keeps no empty line. */
    private static void tryDevice(FileOutputStream out) throws IOException {
        try {
            out.write('\n');
        } catch (IOException e) {
            out.close();
            throw new IOException("it takes no writes (" + e.getMessage() + ")", e);
        }
    }

    /**
     * Appends one line in one write, so that processes that share the file do not cut each other's lines.
     *
     * @param line the line with its end
     * @throws IOException if it could not be written, or went to the file that was there before because a new one can't be
     *     made; the next line tries again
     */
    @Override
    public synchronized void append(byte[] line) throws IOException {
        try {
            followThePath();
        } catch (IOException e) {
            out.write(line);
            throw e;
        }
        out.write(line);
    }

    private void followThePath() throws IOException {
        Optional<Object> there = keyOf(path);
        if (there.isPresent() && there.get().equals(key)) {
            return;
        }
        // Whoever logs would wait for its reader, and so would the whole server.
        refusePipe(path);
        FileOutputStream next = new FileOutputStream(path.toFile(), true);
        out.close();
        out = next;
        // Moved again in between, the key is that of a third file, and the next line will look for it.
        key = keyOf(path).orElse(null);
    }

    private static void refusePipe(Path path) throws IOException {
        if (Files.exists(path) && ((Integer) Files.getAttribute(path, "unix:mode") & TYPE_OF_FILE) == PIPE) {
            throw new IOException("it is a pipe, and whoever writes into one waits for its reader");
        }
    }

    /** What tells one file from another, whatever they are called. */
    private static Optional<Object> keyOf(Path path) throws IOException {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
