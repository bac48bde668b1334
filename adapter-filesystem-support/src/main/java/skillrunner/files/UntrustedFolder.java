package skillrunner.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.domain.path.RelativePath;

/**
 * A folder in which somebody else made everything, and may be changing it right now: an agent, a client, the author of a
 * package. Nothing here follows a link, on no part of a path; only regular files of one name are opened, and what is judged
 * is what was opened; nothing waits for a pipe, a device or another file system. What is written replaces whatever is in its
 * place.
 *
 * <p>On systems other than Linux the checks are made before and after opening; see {@link PortableFolder}.
 *
 * <p>Holds the folder until it is closed. For use by one thread.
 */
public final class UntrustedFolder implements AutoCloseable {
    /** In bytes, on every file system in use; what is longer names nothing. */
    private static final int LONGEST_NAME = 255;

    private final FolderHandle handle;

    private UntrustedFolder(FolderHandle handle) {
        this.handle = handle;
    }

    /**
     * Limits of a look at everything below a folder.
     *
     * @param depth how many folders may lie between; at most 200
     * @param entries how many entries are named
     */
    public record Limits(int depth, int entries) {
        private static final int MOST_DEPTH = 200;

        /** Refuses what would use up descriptors or the stack. */
        public Limits {
            if (depth < 0 || depth > MOST_DEPTH || entries < 0) {
                throw new IllegalArgumentException("depth " + depth + ", entries " + entries);
            }
        }
    }

    /**
     * Loads what is needed to hold folders, which takes a tenth of a second once. To be called while there are descriptors
     * and disk space for that: how folders are held is decided once.
     */
    public static void prepare() {
        FolderHandles.ofThisMachine();
    }

    /**
     * Holds a folder.
     *
     * @param trusted a path that nobody else can change
     * @param names folders below it that others may have made
     * @return the folder, or empty if there is none; a link is none
     */
    public static Optional<UntrustedFolder> open(Path trusted, String... names) {
        return open(FolderHandles.ofThisMachine(), trusted, names);
    }

    static Optional<UntrustedFolder> open(FolderHandles handles, Path trusted, String... names) {
        try {
            return Optional.of(new UntrustedFolder(descend(handles.trusted(trusted), List.of(names), false)));
        } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StorageFaultException(e);
        }
    }

    /**
     * Holds a folder, making what is missing. Whatever else is in the place of a folder is removed.
     *
     * @param trusted a folder whose path nobody else can change; it is made if need be
     * @param names folders below it that others may have made
     * @return the folder
     * @throws IOException if one can't be made
     */
    public static UntrustedFolder make(Path trusted, String... names) throws IOException {
        DurableFiles.createDirectories(trusted);
        return new UntrustedFolder(descend(FolderHandles.ofThisMachine().trusted(trusted), List.of(names), true));
    }

    /**
     * Holds a folder inside, making what is missing. Whatever else is in the place of a folder is removed.
     *
     * @param names single names, outermost first; not empty
     * @return the folder, to be closed for itself
     * @throws IOException if one can't be made
     */
    public UntrustedFolder makeFolder(List<String> names) throws IOException {
        FolderHandle first = step(handle, names.get(0), true);
        return new UntrustedFolder(descend(first, names.subList(1, names.size()), true));
    }

    /**
     * Opens a file for reading.
     *
     * @param path its path below this folder, as a client may name it
     * @return the file, or empty if the path names no regular file of one name that may be read
     * @throws UncheckedIOException if the machine could not look, for example for want of descriptors
     */
    public Optional<FileChannel> file(String path) {
        return there(path, FolderHandle::file);
    }

    /**
     * Tells what a path names, without opening it.
     *
     * @param path a path below this folder, as a client may name it
     * @return what is there; empty if there is nothing, or if the way there leads through a link
     * @throws UncheckedIOException if the machine could not look, for example for want of descriptors
     */
    public Optional<EntryKind> kind(String path) {
        return there(path, (folder, name) -> folder.look(name).kind());
    }

    /** Something done with the last name of a path, in the folder that holds it. */
    @FunctionalInterface
    private interface There<T> {
        T at(FolderHandle folder, String name) throws IOException;
    }

    private <T> Optional<T> there(String path, There<T> there) {
        Optional<List<String>> segments = RelativePath.parse(path).map(RelativePath::segments);
        if (segments.isEmpty() || segments.get().stream().anyMatch(name -> name.length() > LONGEST_NAME)) {
            return Optional.empty();
        }
        List<String> names = segments.get();
        int last = names.size() - 1;
        try {
            if (last == 0) {
                return Optional.of(there.at(handle, names.get(0)));
            }
            try (FolderHandle folder = descend(step(handle, names.get(0), false), names.subList(1, last), false)) {
                return Optional.of(there.at(folder, names.get(last)));
            }
        } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException | InvalidPathException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StorageFaultException(e);
        }
    }

    /**
     * Names what lies below. One bad entry does not keep the others.
     *
     * @param limits how much of it
     * @param wanted asked with the path of each entry; what is not wanted is neither named nor entered
     * @return the entries
     * @throws UncheckedIOException if the machine could not look, for example for want of descriptors
     */
    public FolderListing list(Limits limits, Predicate<String> wanted) {
        try {
            return new FolderWalk(limits, wanted).walk(handle);
        } catch (IOException e) {
            throw new StorageFaultException(e);
        }
    }

    /**
     * Adds up what lies below, without names and without end but this.
     *
     * @param enoughEntries the count may end once there are more
     * @return how much there is; what lies more than a hundred folders down does not count
     * @throws UncheckedIOException if the machine could not look, for example for want of descriptors
     */
    public FolderSize measure(long enoughEntries) {
        try {
            return new FolderMeasurement(enoughEntries).measure(handle);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Brings files and folders to the disk, contents and names, so that they outlive a loss of power. What went or was
     * swapped meanwhile is passed over.
     *
     * @param found what to bring there, as listed
     * @throws IOException if something may not have got there
     */
    public void sync(FolderListing found) throws IOException {
        if (found.files().size() > FolderHandle.SYNCED_ONE_BY_ONE && handle.syncWhole()) {
            return;
        }
        for (FoundEntry entry : found.entries()) {
            if (entry.kind() == EntryKind.FILE) {
                try (FileChannel file = file(entry.path()).orElse(null)) {
                    if (file != null) {
                        file.force(true);
                    }
                }
            } else if (entry.kind() == EntryKind.FOLDER) {
                try (FolderHandle folder =
                        there(entry.path(), FolderHandle::folder).orElse(null)) {
                    if (folder != null) {
                        DurableFiles.sync(folder.path());
                    }
                }
            }
        }
        DurableFiles.sync(handle.path());
    }

    /**
     * Writes a file in one step for whoever reads it, in the place of whatever has that name. It is on the disk some time
     * later: what others may write is written anew after a loss of power anyway.
     *
     * @param name a single name
     * @param content its content
     * @throws IOException if it can't be written
     */
    public void write(String name, byte[] content) throws IOException {
        DurableFiles.replaceUnsynced(place(name), content);
    }

    /**
     * Removes what a process that is gone left of files it was {@link #write writing} here.
     *
     * @throws IOException if one can't be removed
     */
    public void sweepEarlier() throws IOException {
        DurableFiles.sweepEarlier(handle.path());
    }

    /**
     * Copies bytes into a new file, in the place of whatever has that name.
     *
     * @param name a single name
     * @param content the bytes
     * @param executable whether its owner may execute it
     * @throws IOException if it can't be written
     */
    public void copy(String name, InputStream content, boolean executable) throws IOException {
        Path file = place(name);
        Files.deleteIfExists(file);
        Files.copy(content, file);
        PosixFileAttributeView rights =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (rights != null) {
            rights.setPermissions(PosixFilePermissions.fromString(executable ? "rwx------" : "rw-------"));
        }
    }

    /**
     * Removes an entry, be it a folder with all it holds.
     *
     * @param name a single name
     * @throws UncheckedIOException if something is left
     */
    public void remove(String name) {
        FileTrees.remove(handle.path().resolve(name));
    }

    /**
     * Returns a path that leads to this folder as long as it is held, whatever its name leads to. A single name may be
     * resolved against it.
     *
     * @return the path
     */
    public Path path() {
        return handle.path();
    }

    @Override
    public void close() {
        handle.close();
    }

    /** A folder can't be replaced by a file in one step, so it goes first. */
    private Path place(String name) throws IOException {
        Path file = handle.path().resolve(name);
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            remove(name);
        }
        return file;
    }

    private static FolderHandle descend(FolderHandle from, List<String> names, boolean making) throws IOException {
        FolderHandle at = from;
        for (String name : names) {
            FolderHandle above = at;
            try (above) {
                at = step(above, name, making);
            }
        }
        return at;
    }

    private static FolderHandle step(FolderHandle from, String name, boolean making) throws IOException {
        if (!making) {
            return from.folder(name);
        }
        Path place = from.path().resolve(name);
        try {
            Files.createDirectory(place);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(place);
                Files.createDirectory(place);
            }
        }
        return from.folder(name);
    }
}
