package skillrunner.embedding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The files of an order as the archive that a run takes. */
final class OrderArchive {
    private OrderArchive() {}

    /**
     * Writes the archive.
     *
     * @param archive where
     * @param files by the name of the input
     * @throws IOException if a file is none, or can't be read
     */
    static void write(Path archive, Map<String, Path> files) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (Map.Entry<String, Path> file : files.entrySet()) {
                // A pipe would be waited for, maybe for ever.
                if (!Files.isRegularFile(file.getValue())) {
                    throw new NoSuchFileException(file.getValue().toString(), null, "it is no regular file");
                }
                zip.putNextEntry(new ZipEntry(file.getKey()));
                Files.copy(file.getValue(), zip);
                zip.closeEntry();
            }
        }
    }
}
