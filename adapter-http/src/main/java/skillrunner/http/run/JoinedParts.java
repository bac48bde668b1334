package skillrunner.http.run;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Parts that are read one after another, each of which is opened when the one before has been read: what is too long to be held for every
 * client, who may be slow. Used by one thread at a time, but may be closed from any.
 */
final class JoinedParts extends InputStream {
    private static final int PIECE_BYTES = 32 * 1024;

    private final Queue<Opening> parts = new ArrayDeque<>();
    private @Nullable InputStream part;
    private boolean closed;

    /** Opens a part. */
    interface Opening {
        InputStream open() throws IOException;
    }

    /** Adds what comes next; nothing once this was closed, for nobody would close it again. */
    synchronized JoinedParts then(Opening next) {
        if (!closed) {
            parts.add(Objects.requireNonNull(next));
        }
        return this;
    }

    /** Adds a text that comes next. */
    JoinedParts then(String text) {
        return then(text(text));
    }

    /** A text as a part. */
    static Opening text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return () -> new ByteArrayInputStream(bytes);
    }

    /**
     * Reads a piece. @return empty if there is nothing left of what was added
     *
     * @throws UncheckedIOException if a part went away, for example with its run; then what was read is not whole
     */
    Optional<byte[]> next() {
        try {
            byte[] piece = readNBytes(PIECE_BYTES);
            return piece.length == 0 ? Optional.empty() : Optional.of(piece);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells whether there is nothing left of what was added. */
    synchronized boolean isDone() {
        return parts.isEmpty() && part == null;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!isDone()) {
            if (part == null) {
                part = parts.remove().open();
            }
            int count = part.read(target, offset, length);
            if (count > 0) {
                return count;
            }
            closePart();
        }
        return -1;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        parts.clear();
        closePart();
    }

    private void closePart() throws IOException {
        InputStream open = part;
        part = null;
        if (open != null) {
            open.close();
        }
    }
}
