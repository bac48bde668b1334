package skillrunner.delegate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.delegate.screen.SecretFilter;
import skillrunner.delegate.screen.Secrets;

/**
 * What is kept of a program's screen and of what was typed, for people who look for what went wrong: {@code pty.log} as it came, without
 * what its user typed, and {@code stdin.log} with a line for each thing that was typed. A log that can't be written is in nobody's way.
 * Safe for concurrent use.
 */
final class SessionLogs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLogs.class);
    private static final String SCREEN = "pty.log";
    private static final String KEYS = "stdin.log";

    /** A program that writes without end fills no disk. */
    private static final long MOST_BYTES = 4 << 20;

    private final Path folder;
    private final Clock clock;
    private final SecretFilter filter;
    private final ReentrantLock lock = new ReentrantLock();
    private long written;

    SessionLogs(Path folder, Secrets secrets, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        this.filter = new SecretFilter(secrets);
        append(SCREEN, new byte[0]);
        append(KEYS, new byte[0]);
    }

    void shown(byte[] bytes, int length) {
        lock.lock();
        try {
            screen(filter.add(bytes, length));
        } finally {
            lock.unlock();
        }
    }

    void automatic(String what) {
        typed("auto " + what);
    }

    void entered(String kind, int length) {
        typed("user kind=" + kind + " len=" + length);
    }

    private void typed(String what) {
        lock.lock();
        try {
            append(KEYS, (clock.instant() + " " + what + "\n").getBytes(StandardCharsets.UTF_8));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            screen(filter.rest());
        } finally {
            lock.unlock();
        }
    }

    private void screen(byte[] bytes) {
        if (written >= MOST_BYTES || bytes.length == 0) {
            return;
        }
        written += bytes.length;
        append(SCREEN, bytes);
        if (written >= MOST_BYTES) {
            append(SCREEN, "\n[more was shown, and is not kept]\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    private void append(String name, byte[] bytes) {
        try (FileChannel channel = FileChannel.open(
                folder.resolve(name),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            LOG.warn("a log of a sign-in could not be written: {}", e.toString());
        }
    }
}
