package skillrunner.sqlite.file;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** What a store needs of its database. Safe for concurrent use. */
public interface Transactions {
    /**
     * Writes in one transaction that starts by taking the write lock.
     *
     * @param work what to do
     * @param <T> what it returns
     * @return its result, once it is on disk
     * @throws skillrunner.application.storage.StorageFullException if the disk is full; then nothing was changed
     */
    <T> T write(Function<Handle, T> work);

    /**
     * Reads.
     *
     * @param work what to do
     * @param <T> what it returns
     * @return its result
     */
    <T> T read(Function<Handle, T> work);
}
