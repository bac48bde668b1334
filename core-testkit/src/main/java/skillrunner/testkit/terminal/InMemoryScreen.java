package skillrunner.testkit.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import skillrunner.application.terminal.ScreenFile;

/** What a terminal shows, in memory. Safe for concurrent use. */
public final class InMemoryScreen implements ScreenFile {
    private byte[] bytes = new byte[0];
    private long written;
    private boolean broken;
    private boolean closed;

    /** It is empty. */
    public InMemoryScreen() {}

    /** Nothing can be written or read any more. */
    public synchronized InMemoryScreen breaks() {
        broken = true;
        return this;
    }

    /** Returns how long it has become. */
    public synchronized int length() {
        return bytes.length;
    }

    /** Returns how much was written in all. */
    public synchronized long written() {
        return written;
    }

    /** Tells whether it was removed. */
    public synchronized boolean closed() {
        return closed;
    }

    @Override
    public synchronized void write(int at, byte[] from, int start, int length) {
        check();
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length, at + length));
        System.arraycopy(from, start, bytes, at, length);
        written += length;
    }

    @Override
    public synchronized byte[] read(int at, int length) {
        check();
        return Arrays.copyOfRange(bytes, at, at + length);
    }

    private void check() {
        if (broken || closed) {
            throw new UncheckedIOException(new IOException(closed ? "it was closed" : "the disk is broken"));
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
