package skillrunner.workspace.zip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Packs a skill's folder. The same files give the same bytes. */
public final class PackageZip {
    private static final long ANY_TIME = 1_577_836_800_000L;
    private static final int FILE = 0100644;
    private static final int PROGRAM = 0100755;

    private PackageZip() {}

    /**
     * Packs a folder with its own name at the top. Links and everything named {@code .git} or {@code .DS_Store} are left
     * out.
     *
     * @param folder the folder
     * @param archive the file to write; replaced if it exists
     * @throws IOException if a file can't be read or written
     */
    public static void pack(Path folder, Path archive) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !file.equals(archive))
                    .filter(file -> !isLeftOut(folder.relativize(file)))
                    .sorted()
                    .toList();
        }
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(archive)) {
            for (Path file : files) {
                ZipArchiveEntry entry = new ZipArchiveEntry(folder.getFileName() + "/"
                        + folder.relativize(file).toString().replace('\\', '/'));
                entry.setTime(ANY_TIME);
                entry.setUnixMode(Files.isExecutable(file) ? PROGRAM : FILE);
                zip.putArchiveEntry(entry);
                Files.copy(file, zip);
                zip.closeArchiveEntry();
            }
        }
    }

    private static boolean isLeftOut(Path path) {
        for (Path segment : path) {
            if (segment.endsWith(".git") || segment.endsWith(".DS_Store")) {
                return true;
            }
        }
        return false;
    }
}
