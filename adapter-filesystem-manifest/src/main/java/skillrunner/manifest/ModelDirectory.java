package skillrunner.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import skillrunner.domain.engine.EngineId;

/** Fills the models directory with the catalogue this product is delivered with. */
public final class ModelDirectory {
    private static final String MANIFEST = "manifest.json";

    private ModelDirectory() {}

    /**
     * Copies the packaged files that are absent. Files that are present stay as they are, and no file is ever there in
     * part; a manifest comes after the snapshots it lists.
     *
     * @param directory the models directory; it is created if need be
     * @throws UncheckedIOException if a file can't be written
     */
    public static void seed(Path directory) {
        try {
            for (EngineId engine : EngineId.BUILT_IN) {
                Path home = Files.createDirectories(directory.resolve(engine.wire()));
                byte[] manifest = packaged(engine, MANIFEST);
                for (CatalogueJson.Snapshot snapshot : CatalogueJson.manifest(manifest)) {
                    publish(home.resolve(snapshot.file()), packaged(engine, snapshot.file()));
                }
                publish(home.resolve(MANIFEST), manifest);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] packaged(EngineId engine, String file) throws IOException {
        String name = "models/" + engine.wire() + "/" + file;
        try (InputStream in = ModelDirectory.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not packaged: " + name);
            }
            return in.readAllBytes();
        }
    }

    private static void publish(Path file, byte[] content) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.write(temporary, content);
        try {
            // A link, unlike an atomic move, fails if the name is taken meanwhile.
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException e) {
            return;
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.move(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
