package skillrunner.e2eclient.form;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The zip that is uploaded: one entry for each key, under the key's own name. */
public final class InputArchive implements AutoCloseable {
    private final Path file;

    private InputArchive(Path file) {
        this.file = file;
    }

    /**
     * Packs files.
     *
     * @param folder where the archive lies until it is closed
     * @param files the files, by key
     * @return the archive
     * @throws IOException if one can't be read, or the archive can't be written
     */
    public static InputArchive pack(Path folder, Map<String, ChosenFile> files) throws IOException {
        InputArchive archive = new InputArchive(Files.createTempFile(folder, "input", ".zip"));
        try {
            archive.write(new TreeMap<>(files));
            return archive;
        } catch (IOException e) {
            archive.close();
            throw e;
        }
    }

    private void write(Map<String, ChosenFile> files) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, ChosenFile> each : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(each.getKey()));
                try (InputStream in = each.getValue().open()) {
                    in.transferTo(zip);
                }
                zip.closeEntry();
            }
        }
    }

    /**
     * Returns where it lies.
     *
     * @return a file
     */
    public Path file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
