package skillrunner.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;

/**
 * A folder by its path, for systems without the calls of Linux. Looks before and after: what is planted is seen, but who
 * swaps at the right moment can make an opening wait for a pipe.
 */
record PortableFolder(Path path) implements FolderHandle {
    private static final int ONE_NAME = 1;

    /** Holds a folder whose path nobody else can change. */
    static PortableFolder trusted(Path folder) throws IOException {
        return new PortableFolder(folder.toRealPath());
    }

    @Override
    public PortableFolder folder(String name) throws IOException {
        Path inside = path.resolve(name);
        if (!attributes(inside).isDirectory()) {
            throw new NotDirectoryException(name);
        }
        return new PortableFolder(inside);
    }

    @Override
    public FoundEntry look(String name) throws IOException {
        Path entry = path.resolve(name);
        BasicFileAttributes found = attributes(entry);
        EntryKind kind = kind(entry, found);
        return new FoundEntry(
                name,
                kind == EntryKind.FILE && !Files.isReadable(entry) ? EntryKind.UNREADABLE : kind,
                found.size(),
                found.lastModifiedTime().toInstant(),
                kind == EntryKind.FILE && Files.isExecutable(entry));
    }

    @Override
    public FileChannel file(String name) throws IOException {
        Path entry = path.resolve(name);
        BasicFileAttributes before = attributes(entry);
        if (kind(entry, before) != EntryKind.FILE) {
            throw new NoSuchFileException(name);
        }
        FileChannel channel = FileChannel.open(entry, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        try {
            BasicFileAttributes after = attributes(entry);
            if (!path.toRealPath().equals(path)
                    || kind(entry, after) != EntryKind.FILE
                    || !Objects.equals(before.fileKey(), after.fileKey())) {
                throw new NoSuchFileException(name);
            }
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public boolean syncWhole() {
        return false;
    }

    @Override
    public void close() {
        // A path holds nothing.
    }

    private static EntryKind kind(Path entry, BasicFileAttributes found) throws IOException {
        if (found.isDirectory()) {
            return EntryKind.FOLDER;
        }
        if (found.isSymbolicLink()) {
            return EntryKind.LINK;
        }
        if (!found.isRegularFile()) {
            return EntryKind.DEVICE;
        }
        boolean countsNames =
                entry.getFileSystem().supportedFileAttributeViews().contains("unix");
        return countsNames
                        && !Objects.equals(Files.getAttribute(entry, "unix:nlink", LinkOption.NOFOLLOW_LINKS), ONE_NAME)
                ? EntryKind.SEVERAL_NAMES
                : EntryKind.FILE;
    }

    private static BasicFileAttributes attributes(Path entry) throws IOException {
        return Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
