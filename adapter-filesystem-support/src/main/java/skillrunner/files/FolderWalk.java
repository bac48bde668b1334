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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import skillrunner.domain.path.RelativePath;

/** Names everything below a folder that others may be changing. Used once, by one thread. */
final class FolderWalk {
    /** A folder with more entries than this is not read to its end. */
    private static final int MAX_NAMES = 200_000;

    /** In all paths together: a few thousand of the longest ones would fill the memory. */
    private static final long MOST_CHARACTERS = 16_000_000;

    private static final Comparator<FoundEntry> ORDER = Comparator.comparing(
                    (FoundEntry entry) -> entry.kind() != EntryKind.FOLDER)
            .thenComparing(entry -> entry.path().toLowerCase(Locale.ROOT))
            .thenComparing(FoundEntry::path);

    private final UntrustedFolder.Limits limits;
    private final Predicate<String> wanted;
    private final List<FoundEntry> found = new ArrayList<>();
    private boolean complete = true;
    private long characters;

    FolderWalk(UntrustedFolder.Limits limits, Predicate<String> wanted) {
        this.limits = limits;
        this.wanted = wanted;
    }

    /** @throws IOException if the machine could not look: that is no fact about the folder */
    FolderListing walk(FolderHandle folder) throws IOException {
        try {
            name(folder, "", 0);
        } catch (AccessDeniedException e) {
            // Whoever owns the folder took the right to look into it; nothing of it is named.
            complete = false;
        }
        return new FolderListing(found, complete);
    }

    private void name(FolderHandle folder, String prefix, int depth) throws IOException {
        for (FoundEntry entry : entries(folder)) {
            String path = prefix + entry.path();
            if (!wanted.test(path)) {
                continue;
            }
            characters += path.length();
            if (found.size() >= limits.entries() || characters > MOST_CHARACTERS) {
                complete = false;
                return;
            }
            int place = found.size();
            if (!leadsBack(path)) {
                found.add(FoundEntry.unknown(path, EntryKind.UNNAMEABLE));
                continue;
            }
            found.add(entry.at(path));
            if (entry.kind() == EntryKind.FOLDER) {
                if (depth >= limits.depth()) {
                    complete = false;
                } else if (!enter(folder, entry.path(), path, depth)) {
                    found.set(place, FoundEntry.unknown(path, EntryKind.UNREADABLE));
                }
            }
        }
    }

    private boolean enter(FolderHandle folder, String name, String path, int depth) throws IOException {
        try (FolderHandle inside = folder.folder(name)) {
            name(inside, path + "/", depth + 1);
            return true;
        } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException e) {
            return false;
        }
    }

    private List<FoundEntry> entries(FolderHandle folder) throws IOException {
        List<FoundEntry> entries = new ArrayList<>();
        try (DirectoryStream<Path> listed = Files.newDirectoryStream(folder.path())) {
            for (Path path : listed) {
                if (entries.size() >= MAX_NAMES) {
                    complete = false;
                    break;
                }
                add(folder, path.getFileName(), entries);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        entries.sort(ORDER);
        return entries;
    }

    private static void add(FolderHandle folder, Path name, List<FoundEntry> entries) throws IOException {
        String text = name.toString();
        if (!isText(name, text)) {
            entries.add(FoundEntry.unknown(text, EntryKind.UNNAMEABLE));
            return;
        }
        try {
            entries.add(folder.look(text));
        } catch (NoSuchFileException e) {
            // It went while we looked.
        } catch (AccessDeniedException e) {
            entries.add(FoundEntry.unknown(text, EntryKind.UNREADABLE));
        }
    }

    /** Whether a client that names this path names this entry: a backslash, for one, would separate two names. */
    private static boolean leadsBack(String path) {
        return path.indexOf('\\') < 0
                && RelativePath.parse(path).map(RelativePath::text).equals(Optional.of(path));
    }

    /** A name whose bytes are no text would lead to another file, or to none, when it is used again. */
    private static boolean isText(Path name, String text) {
        try {
            return Path.of(text).equals(name);
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
