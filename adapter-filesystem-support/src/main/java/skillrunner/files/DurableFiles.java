package skillrunner.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import skillrunner.application.storage.StorageFullException;

/**
 * Writes whole files: a reader sees the old content or the new, also after kill -9 and after a loss of power. When a method
 * returns, content and name are on the disk. Files are for their owner only. The last part of a path is never followed if it
 * is a link: it is replaced. Safe for concurrent use, also by several processes; the last writer wins.
 */
public final class DurableFiles {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_BYTES = 12;
    private static final int OWNER_BYTES = 6;
    private static final String PREFIX = ".";
    private static final String SUFFIX = ".tmp";

    /** Stands in the name of every file that this process has not finished, so that it is told from what a crash left. */
    private static final String OWN = PREFIX + random(OWNER_BYTES);

    private static final Pattern LEFT_OVER =
            Pattern.compile("\\.[0-9a-f]{" + 2 * (OWNER_BYTES + RANDOM_BYTES) + "}\\.tmp");

    private DurableFiles() {}

    /**
     * Replaces a file by a text in UTF-8, creating its folders if need be.
     *
     * @param file the file
     * @param text its new content
     * @throws StorageFullException if the disk is full; the old content stays
     * @throws UncheckedIOException if it can't be written for another reason; the old content stays
     */
    public static void write(Path file, String text) {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Replaces a file, creating its folders if need be.
     *
     * @param file the file
     * @param content its new content
     * @throws StorageFullException if the disk is full; the old content stays
     * @throws UncheckedIOException if it can't be written for another reason; the old content stays
     */
    public static void write(Path file, byte[] content) {
        try {
            createDirectories(folderOf(file));
            try (StagedFile staged = stage(file, content)) {
                staged.replace();
            }
        } catch (IOException e) {
            throw DiskFaults.explained(e, file);
        }
    }

    /**
     * Replaces a file in one step, but brings it to the disk some time later: for what is written anew after a loss of power
     * anyway.
     *
     * @param file the file; its folder exists
     * @param content its new content
     * @throws IOException if it can't be written; the old content stays
     */
    public static void replaceUnsynced(Path file, byte[] content) throws IOException {
        Path temporary = writeTemporary(file, content, false);
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            IOException told = DiskFaults.noted(e, file);
            Files.deleteIfExists(temporary);
            throw told;
        }
    }

    /**
     * Writes a file unless its name is taken, creating its folders if need be. Of many callers one wins.
     *
     * @param file the file
     * @param content its content
     * @return false if something has that name, be it a link that leads nowhere; it stays as it is
     * @throws StorageFullException if the disk is full
     * @throws UncheckedIOException if it can't be written for another reason
     */
    public static boolean create(Path file, byte[] content) {
        try {
            createDirectories(folderOf(file));
            try (StagedFile staged = stage(file, content)) {
                return staged.publish();
            }
        } catch (IOException e) {
            throw DiskFaults.explained(e, file);
        }
    }

    /**
     * Writes the content of a file under a name nobody can guess beside it, down to the disk. For whoever has several files
     * to bring under their names and wants to know that the disk takes them all before the first one changes.
     *
     * @param file the name it shall get; its folder exists
     * @param content the content
     * @return the file to be; closing it removes what got no name
     * @throws IOException if it can't be written; nothing is left
     */
    public static StagedFile stage(Path file, byte[] content) throws IOException {
        return new TemporaryFile(writeTemporary(file, content, true), file);
    }

    /**
     * Creates a folder and those above it, for their owner only; each new name is on the disk.
     *
     * @param folder the folder; it may exist, also as a link to one
     * @throws IOException if one can't be created, or is one of the {@link KeptFolders} and gone
     */
    public static void createDirectories(Path folder) throws IOException {
        for (Path each : missing(folder)) {
            makeFolder(each, ownerOnly(each, "rwx------"));
            sync(folderOf(each));
        }
    }

    /**
     * Creates a folder and those above it as the system would, for whoever brings them to the disk later, or not at all.
     *
     * @param folder the folder; it may exist, also as a link to one
     * @return the folder
     * @throws IOException if one can't be created, or is one of the {@link KeptFolders} and gone
     */
    public static Path createDirectoriesUnsynced(Path folder) throws IOException {
        for (Path each : missing(folder)) {
            makeFolder(each);
        }
        return folder;
    }

    /** Outermost first. */
    private static Deque<Path> missing(Path folder) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path at = folder.toAbsolutePath(); at != null && !Files.isDirectory(at); at = at.getParent()) {
            KeptFolders.requireOther(at);
            missing.push(at);
        }
        return missing;
    }

    /**
     * Tells whether a file is what a crash may have left of a file that was being written.
     *
     * @param file a file
     * @return true if it has such a name and is a regular file
     */
    public static boolean isTemporary(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.length() > PREFIX.length() + SUFFIX.length()
                && name.startsWith(PREFIX)
                && name.endsWith(SUFFIX)
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Removes what a crash left in a folder of ours. To be called while nobody writes there.
     *
     * @param folder the folder; it may be absent
     * @throws IOException if one can't be removed
     */
    public static void sweep(Path folder) throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, DurableFiles::isTemporary)) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        } catch (NoSuchFileException e) {
            // Then nothing was left.
        }
    }

    /**
     * Removes what an earlier process, which is gone, left in a folder that no other process writes now. What this process
     * is writing there stays, and so does everything whose name was not made here.
     *
     * @param folder the folder; it may be absent
     * @throws IOException if one can't be removed
     */
    public static void sweepEarlier(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            // To list a pipe is to wait for its writer.
            return;
        }
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, DurableFiles::isEarlier)) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // Then nothing was left.
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static boolean isEarlier(Path file) {
        String name = String.valueOf(file.getFileName());
        return LEFT_OVER.matcher(name).matches()
                && !name.startsWith(OWN)
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Brings the names in a folder to the disk. */
    static void sync(Path folder) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (IOException e) {
            // Not every system opens folders, and not every folder may be read; then the name gets there by itself.
            return;
        }
        try (channel) {
            channel.force(true);
        }
    }

    static String temporaryName() {
        return OWN + random(RANDOM_BYTES) + SUFFIX;
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException("'" + file + "' is the root of a file system");
        }
        return folder;
    }

    private static void makeFolder(Path folder, FileAttribute<?>... attributes) throws IOException {
        try {
            Files.createDirectory(folder, attributes);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    private static Path writeTemporary(Path file, byte[] content, boolean synced) throws IOException {
        Path temporary = folderOf(file).resolve(temporaryName());
        try (FileChannel channel = FileChannel.open(
                temporary,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                ownerOnly(temporary, "rw-------"))) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (synced) {
                channel.force(true);
            }
        } catch (FileAlreadyExistsException e) {
            // Not ours, so it is not removed; chance does not do this.
            throw e;
        } catch (IOException e) {
            IOException told = DiskFaults.noted(e, file);
            Files.deleteIfExists(temporary);
            throw told;
        }
        return temporary;
    }

    private static FileAttribute<?>[] ownerOnly(Path file, String permissions) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
