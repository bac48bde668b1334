package skillrunner.workspace.zip;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.files.EntryKind;
import skillrunner.files.FolderListing;
import skillrunner.files.FoundEntry;
import skillrunner.files.UntrustedFolder;

/**
 * Packs a skill's folder, which may come from anywhere and may be changing: nothing but regular files that lie in it is ever
 * read. The same files give the same bytes.
 */
public final class PackageZip {
    private static final long ANY_TIME = 1_577_836_800_000L;
    private static final int FILE = 0100644;
    private static final int PROGRAM = 0100755;
    private static final int BUFFER_BYTES = 64 * 1024;

    /** Deeper and more than any package may be, so that what is not looked at would have been refused anyway. */
    private static final UntrustedFolder.Limits LOOKED_AT = new UntrustedFolder.Limits(200, 200_000);

    /**
     * Something in the folder that is not in the archive.
     *
     * @param path its path inside the folder, with {@code /} between segments
     * @param reason why, as a clause
     */
    public record LeftOut(String path, String reason) {}

    private final Path folder;
    private final ZipLimits limits;
    private final List<LeftOut> leftOut = new ArrayList<>();
    private long bytes;

    private PackageZip(Path folder, ZipLimits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /**
     * Packs a folder with its own name at the top. Links, files with a second name, special files, empty folders and
     * everything named {@code .git} or {@code .DS_Store} are left out. Packing ends early, with an archive that is too large
     * to be taken, where the folder is larger than the limits allow.
     *
     * @param folder the folder
     * @param archive the file to write; replaced if it exists
     * @param limits what an archive may hold
     * @return what is left out, sorted by path
     * @throws RefusedException if a file may not be read, or the folder is too deep or too full to be looked at
     * @throws IOException if a file can't be read or written
     */
    public static List<LeftOut> pack(Path folder, Path archive, ZipLimits limits) throws IOException {
        try (UntrustedFolder opened =
                UntrustedFolder.open(folder).orElseThrow(() -> new NotDirectoryException(folder.toString()))) {
            return new PackageZip(folder, limits).pack(opened, archive);
        }
    }

    private List<LeftOut> pack(UntrustedFolder opened, Path archive) throws IOException {
        FolderListing found = opened.list(LOOKED_AT, wanted(archive));
        if (!found.complete()) {
            throw refused("it is too deep or holds too many files");
        }
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(archive)) {
            int files = 0;
            for (FoundEntry entry : selected(opened, found)) {
                if (files > limits.entries() || bytes > limits.totalBytes()) {
                    break;
                }
                if (add(opened, entry, zip)) {
                    files++;
                }
            }
        }
        leftOut.sort(Comparator.comparing(LeftOut::path));
        return List.copyOf(leftOut);
    }

    /** Neither named nor entered is the history of a repository, nor the archive itself where it lies in the folder. */
    private Predicate<String> wanted(Path archive) {
        String itself = archive.startsWith(folder)
                ? folder.relativize(archive).toString().replace('\\', '/')
                : "";
        return path -> {
            if (path.equals(".git") || path.endsWith("/.git")) {
                leaveOut(path, "it is the history of a repository");
                return false;
            }
            return !path.equals(itself);
        };
    }

    private List<FoundEntry> selected(UntrustedFolder opened, FolderListing found) {
        Set<String> filled = new HashSet<>();
        leftOut.forEach(left -> filled.add(above(left.path())));
        found.entries().forEach(entry -> filled.add(above(entry.path())));
        List<FoundEntry> files = new ArrayList<>();
        for (FoundEntry entry : found.entries()) {
            switch (entry.kind()) {
                case FILE -> {
                    if (entry.name().equals(".DS_Store")) {
                        leaveOut(entry.path(), "it belongs to a tool, not to the skill");
                    } else {
                        files.add(entry);
                    }
                }
                case FOLDER -> {
                    if (!filled.contains(entry.path())) {
                        leaveOut(entry.path(), "it is an empty folder");
                    }
                }
                case LINK -> leaveOut(entry.path(), "it is a link");
                case SEVERAL_NAMES ->
                    leaveOut(entry.path(), "it is a hard link: the file has another name, which may lie elsewhere");
                case MOUNT -> leaveOut(entry.path(), "it is another file system");
                case UNNAMEABLE -> leaveOut(entry.path(), "its name can't stand in an archive");
                case UNREADABLE -> passOver(opened, entry);
                case PIPE, SOCKET, DEVICE -> leaveOut(entry.path(), "it is no regular file");
            }
        }
        files.sort(Comparator.comparing(FoundEntry::path));
        return files;
    }

    /** A folder that was exchanged while it was listed looks like one that may not be entered; a file says what it is. */
    private void passOver(UntrustedFolder opened, FoundEntry entry) {
        if (opened.kind(entry.path()).equals(Optional.of(EntryKind.UNREADABLE))) {
            throw refused("this user may not read '" + entry.path() + "'");
        }
        leaveOut(entry.path(), "it can't be entered, or was exchanged while it was packed");
    }

    /** What was a regular file when the folder was listed may be something else by now. */
    private boolean add(UntrustedFolder opened, FoundEntry entry, ZipArchiveOutputStream zip) throws IOException {
        try (FileChannel file = opened.file(entry.path()).orElse(null)) {
            if (file == null) {
                leaveOut(entry.path(), "it was exchanged or removed while it was packed");
                return false;
            }
            ZipArchiveEntry packed = new ZipArchiveEntry(folder.getFileName() + "/" + entry.path());
            packed.setTime(ANY_TIME);
            packed.setUnixMode(entry.executable() ? PROGRAM : FILE);
            zip.putArchiveEntry(packed);
            copy(Channels.newInputStream(file), zip);
            zip.closeArchiveEntry();
            return true;
        }
    }

    /** It may grow while it is read. */
    private void copy(InputStream in, ZipArchiveOutputStream zip) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = in.read(buffer); read >= 0 && bytes <= limits.totalBytes(); read = in.read(buffer)) {
            zip.write(buffer, 0, read);
            bytes += read;
        }
    }

    private void leaveOut(String path, String reason) {
        leftOut.add(new LeftOut(path, reason));
    }

    private static String above(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static RefusedException refused(String detail) {
        return new RefusedException(ErrorCode.ARCHIVE_INVALID, "The folder can't be packed: " + detail);
    }
}
