package skillrunner.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file under a name nobody can guess. */
record TemporaryFile(Path temporary, Path file) implements StagedFile {
    @Override
    public boolean publish() throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            // A link, unlike a move, fails if the name is taken meanwhile, also by another process.
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException | FileSystemException e) {
            if (!moveWithoutLinks()) {
                return false;
            }
        }
        // The second name goes before the folder is brought to the disk: what has two names is believed by nobody.
        close();
        DurableFiles.sync(DurableFiles.folderOf(file));
        return true;
    }

    @Override
    public void replace() throws IOException {
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw DiskFaults.noted(e, file);
        }
        DurableFiles.sync(DurableFiles.folderOf(file));
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(temporary);
    }

    /** For file systems without links, where only this process is kept from a race. */
    private boolean moveWithoutLinks() throws IOException {
        try {
            Files.move(temporary, file);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }
}
