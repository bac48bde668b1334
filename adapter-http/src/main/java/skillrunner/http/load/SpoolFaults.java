package skillrunner.http.load;

import java.io.IOException;
import java.nio.file.Path;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.application.storage.StorageFullException;

/** Says what it means that a body or an answer can't be kept in a file while it is on its way. */
final class SpoolFaults {
    private static final long NEARLY_FULL_BYTES = 1024 * 1024;

    private SpoolFaults() {}

    /** Asks the disk, not the words of the exception, whether it is full. */
    static RuntimeException explained(IOException e, Path folder) {
        return isFull(folder) ? new StorageFullException(e) : new StorageFaultException(e);
    }

    /** A folder that is gone has no room, but is not full. */
    static boolean isFull(Path folder) {
        return folder.toFile().getUsableSpace() < NEARLY_FULL_BYTES
                && folder.toFile().isDirectory();
    }
}
