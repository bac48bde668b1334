package skillrunner.process.installs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import skillrunner.files.LockFiles;

/**
 * Keeps choosing a version and setting versions aside apart. Whoever passes does so for milliseconds, in contrast to the
 * {@link VersionLock}, which is held as long as npm works. One thread of one process is inside at a time; the end of a
 * process opens the gate.
 */
final class VersionGate implements AutoCloseable {
    /** The file lock keeps other processes out, but fails for a second thread of this one. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private final FileChannel channel;

    private VersionGate(FileChannel channel) {
        this.channel = channel;
    }

    /** Enters as soon as nobody else is inside. */
    static VersionGate enter(InstallLayout layout) throws IOException {
        THREADS.lock();
        boolean entered = false;
        try {
            Path file = layout.gate();
            FileChannel channel = LockFiles.openInPlaceOfAnything(file);
            try {
                channel.lock();
                entered = true;
            } finally {
                if (!entered) {
                    channel.close();
                }
            }
            return new VersionGate(channel);
        } finally {
            if (!entered) {
                THREADS.unlock();
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            THREADS.unlock();
        }
    }
}
