package skillrunner.process.installs;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import skillrunner.files.LockFiles;

/** The right to change versions. One process and one thread has it at a time; the end of the process gives it back. */
final class VersionLock implements AutoCloseable {
    private final Closeable held;

    private VersionLock(Closeable held) {
        this.held = held;
    }

    /** Takes the lock. @return it, or empty while another has it */
    static Optional<VersionLock> take(InstallLayout layout) throws IOException {
        return LockFiles.takeInPlaceOfAnything(layout.lock()).map(VersionLock::new);
    }

    @Override
    public void close() {
        try {
            held.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
