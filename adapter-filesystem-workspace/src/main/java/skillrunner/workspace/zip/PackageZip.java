package skillrunner.workspace.zip;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Packs a skill's folder. The same files give the same bytes. */
public final class PackageZip {
    private static final long ANY_TIME = 1_577_836_800_000L;
    private static final int FILE = 0100644;
    private static final int PROGRAM = 0100755;

    /**
     * Something in the folder that is not in the archive.
     *
     * @param path its path inside the folder, with {@code /} between segments
     * @param reason why, as a clause
     */
    public record LeftOut(String path, String reason) {}

    private PackageZip() {}

    /**
     * Packs a folder with its own name at the top. Links, special files, empty folders and everything named {@code .git} or
     * {@code .DS_Store} are left out. Packing ends early, with an archive that is too large to be taken, where the folder
     * is larger than the limits allow.
     *
     * @param folder the folder
     * @param archive the file to write; replaced if it exists
     * @param limits what an archive may hold
     * @return what is left out, sorted by path
     * @throws IOException if a file can't be read or written
     */
    public static List<LeftOut> pack(Path folder, Path archive, ZipLimits limits) throws IOException {
        Selection selection = new Selection(folder, archive, limits);
        Files.walkFileTree(folder, selection);
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(archive)) {
            for (Path file : selection.files.stream().sorted().toList()) {
                ZipArchiveEntry entry = new ZipArchiveEntry(folder.getFileName() + "/" + selection.name(file));
                entry.setTime(ANY_TIME);
                entry.setUnixMode(Files.isExecutable(file) ? PROGRAM : FILE);
                zip.putArchiveEntry(entry);
                Files.copy(file, zip);
                zip.closeArchiveEntry();
            }
        }
        selection.leftOut.sort((one, other) -> one.path().compareTo(other.path()));
        return List.copyOf(selection.leftOut);
    }

    private static final class Selection extends SimpleFileVisitor<Path> {
        private final Path folder;
        private final Path archive;
        private final ZipLimits limits;
        private final List<Path> files = new ArrayList<>();
        private final List<LeftOut> leftOut = new ArrayList<>();
        private long bytes;
        private int filesBefore;

        Selection(Path folder, Path archive, ZipLimits limits) {
            this.folder = folder;
            this.archive = archive;
            this.limits = limits;
        }

        String name(Path file) {
            return folder.relativize(file).toString().replace('\\', '/');
        }

        @Override
        public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
            if (visited.endsWith(".git")) {
                leaveOut(visited, "it is the history of a repository");
                return FileVisitResult.SKIP_SUBTREE;
            }
            filesBefore = files.size() + leftOut.size();
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            if (filesBefore == files.size() + leftOut.size()) {
                leaveOut(visited, "it is an empty folder");
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) {
            if (attributes.isSymbolicLink()) {
                leaveOut(visited, "it is a link");
            } else if (!attributes.isRegularFile()) {
                leaveOut(visited, "it is no regular file");
            } else if (visited.endsWith(".git") || visited.endsWith(".DS_Store")) {
                leaveOut(visited, "it belongs to a tool, not to the skill");
            } else if (!visited.equals(archive)) {
                files.add(visited);
                bytes += attributes.size();
            }
            boolean tooLarge = files.size() > limits.entries() || bytes > limits.totalBytes();
            return tooLarge ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        private void leaveOut(Path path, String reason) {
            leftOut.add(new LeftOut(name(path), reason));
        }
    }
}
