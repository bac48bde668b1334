package skillrunner.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Adds up what lies below a folder that others may be changing; keeps no names. Used once, by one thread. */
final class FolderMeasurement {
    /** A handle is held for each folder on the way down. */
    private static final int DEEPEST = 100;

    private final long enough;
    private long bytes;
    private long entries;

    FolderMeasurement(long enoughEntries) {
        this.enough = enoughEntries;
    }

    /** @throws IOException if the machine could not look: that is no fact about the folder */
    FolderSize measure(FolderHandle folder) throws IOException {
        add(folder, 0);
        return new FolderSize(bytes, entries);
    }

    private void add(FolderHandle folder, int depth) throws IOException {
        try (DirectoryStream<Path> names = Files.newDirectoryStream(folder.path())) {
            for (Path name : names) {
                if (entries > enough) {
                    return;
                }
                entries++;
                add(folder, name.getFileName().toString(), depth);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (AccessDeniedException e) {
            // Whoever owns the folder took the right to look into it; nothing of it can be counted.
        }
    }

    private void add(FolderHandle folder, String name, int depth) throws IOException {
        try {
            FoundEntry entry = folder.look(name);
            switch (entry.kind()) {
                case FILE, SEVERAL_NAMES, UNREADABLE -> bytes += entry.size();
                case FOLDER -> {
                    if (depth < DEEPEST) {
                        try (FolderHandle inside = folder.folder(name)) {
                            add(inside, depth + 1);
                        }
                    }
                }
                case LINK, PIPE, SOCKET, DEVICE, MOUNT, UNNAMEABLE -> {}
            }
        } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException | InvalidPathException e) {
            // It went or was swapped while we looked, or can't be named.
        }
    }
}
