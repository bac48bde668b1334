package skillrunner.e2eclient.recording;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one at a time change the recordings of a folder, of all threads and of all processes that share it. Safe for concurrent use. */
final class FolderLock implements AutoCloseable {
    private static final String NAME = ".lock";

    /** The lock of the file is that of the process, and no thread of it may ask twice. */
    private final ReentrantLock ours = new ReentrantLock();

    private final FileChannel file;

    private FolderLock(FileChannel file) {
        this.file = file;
    }

    /** @throws IOException if nothing can be written to the folder */
    static FolderLock of(Path folder) throws IOException {
        return new FolderLock(FileChannel.open(
                folder.resolve(NAME),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PrivateFiles.ownersOnly(folder, "rw-------")));
    }

    /** A change of the folder's files. */
    interface Change {
        void make() throws IOException;
    }

    void during(Change change) throws IOException {
        ours.lock();
        try (FileLock held = file.lock()) {
            change.make();
        } finally {
            ours.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
