package skillrunner.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import skillrunner.application.storage.StorageFullException;

/** Brings whole files under their names. A name never holds a part of a file, also not after a crash. */
class DurableFiles {
    private static final String PREFIX = ".";
    private static final String SUFFIX = ".tmp";
    private static final int MAX_LEFTOVERS = 1000;

    /**
     * Writes a file under a name that nothing reads, down to the disk.
     *
     * @return the file; the caller moves it or deletes it
     */
    Path temporary(Path folder, String name, byte[] content) throws IOException {
        Path file = free(folder, name);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            return file;
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /**
     * Gives a temporary file its name, unless the name is taken.
     *
     * @return false if it is; the temporary name may stay in both cases
     */
    boolean publish(Path temporary, Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            // A link, unlike a move, fails if the name is taken meanwhile, also by another process.
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException | FileSystemException e) {
            if (!moveWithoutLinks(temporary, file)) {
                return false;
            }
        }
        flush(file);
        return true;
    }

    /** Puts a temporary file in the place of another. */
    void replace(Path temporary, Path file) throws IOException {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        flush(file);
    }

    /** Tells whether a file is what a crash may have left of {@link #temporary}. */
    static boolean isTemporary(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Turns what the disk reports into what the core understands. */
    static RuntimeException explained(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("No space left on device") || message.contains("quota exceeded")
                ? new StorageFullException(e)
                : new UncheckedIOException(e);
    }

    /** For file systems without links, where only this process is kept from a race. */
    private static boolean moveWithoutLinks(Path temporary, Path file) throws IOException {
        try {
            Files.move(temporary, file);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static Path free(Path folder, String name) throws IOException {
        for (int i = 0; ; i++) {
            try {
                return Files.createFile(folder.resolve(PREFIX + name + "." + i + SUFFIX));
            } catch (FileAlreadyExistsException e) {
                if (i == MAX_LEFTOVERS) {
                    throw e;
                }
            }
        }
    }

    /** The name itself has to reach the disk. Not every system can do that for a folder; then it does so by itself. */
    private static void flush(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Nothing is lost unless the machine loses power within seconds.
        }
    }
}
