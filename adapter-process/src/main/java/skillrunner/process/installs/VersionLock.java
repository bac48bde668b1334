package skillrunner.process.installs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.files.LockFiles;

/** The right to change versions. One process and one thread has it at a time; the end of the process gives it back. */
final class VersionLock implements AutoCloseable {
    private final FileChannel channel;

    private VersionLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock. @return it, or empty while another has it */
    static Optional<VersionLock> take(InstallLayout layout) throws IOException {
        Path file = layout.lock();
        FileChannel channel = LockFiles.openInPlaceOfAnything(file);
        @Nullable FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // another thread of this process has it
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return lock == null ? Optional.empty() : Optional.of(new VersionLock(channel));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
