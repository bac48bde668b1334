package skillrunner.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Holds one folder, whatever its name leads to meanwhile. All names are single segments. For use by one thread. */
interface FolderHandle extends AutoCloseable {
    /** Of more files it takes less time to bring all to the disk that waits for it than one after the other. */
    int SYNCED_ONE_BY_ONE = 64;

    /** Leads to the folder while it is held; a single name may be resolved against it. */
    Path path();

    /**
     * Holds a folder inside.
     *
     * @throws NoSuchFileException if there is nothing of that name
     * @throws NotDirectoryException if it is something else, a link to a folder included
     */
    FolderHandle folder(String name) throws IOException;

    /** Looks at an entry without opening it. The path of the answer is the name. */
    FoundEntry look(String name) throws IOException;

    /**
     * Opens a regular file of one name for reading. What is checked is what was opened.
     *
     * @throws NoSuchFileException if there is none, or something else of that name
     */
    FileChannel file(String name) throws IOException;

    /**
     * Brings the whole file system to the disk.
     *
     * @return false if that can't be asked for here
     * @throws IOException if something of it may not have got there
     */
    boolean syncWhole() throws IOException;

    @Override
    void close();
}
