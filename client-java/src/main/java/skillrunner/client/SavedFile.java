package skillrunner.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A file that is fetched: it is written under a name beside it and gets its own when it is whole, so that half of one never looks like all
 * of it. Nothing is written over.
 */
final class SavedFile {
    private final Path file;
    private final Path half;

    SavedFile(Path file) {
        this.file = Objects.requireNonNull(file);
        // Nobody else calls a file like this, so none of theirs is taken for ours.
        byte[] bytes = new byte[8];
        new SecureRandom().nextBytes(bytes);
        this.half = file.resolveSibling(".skill-runner-" + HexFormat.of().formatHex(bytes) + ".part");
    }

    /** Writes what comes, from the beginning. */
    long write(InputStream body) throws IOException, InterruptedException {
        refuseExisting();
        try (OutputStream out = open()) {
            byte[] buffer = new byte[64 * 1024];
            long bytes = 0;
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                write(out, buffer, count);
                bytes += count;
            }
            return bytes;
        } catch (InterruptedIOException e) {
            throw Transport.interrupted(e);
        }
    }

    /** Gives the file its name. */
    void whole() throws LocalFileException {
        refuseExisting();
        try {
            Files.move(half, file);
        } catch (IOException e) {
            throw LocalFileException.of(file + " can't be written", e);
        }
    }

    /** Takes away what there is of it. */
    void discard() {
        try {
            Files.deleteIfExists(half);
        } catch (IOException e) {
            // What went wrong first is what is told.
        }
    }

    private void refuseExisting() throws LocalFileException {
        if (Files.exists(file)) {
            throw new LocalFileException(
                    file + " exists, and nothing is written over", new FileAlreadyExistsException(file.toString()));
        }
    }

    private OutputStream open() throws LocalFileException {
        try {
            Files.deleteIfExists(half);
            return Files.newOutputStream(half, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw LocalFileException.of(file + " can't be written", e);
        }
    }

    private void write(OutputStream out, byte[] bytes, int count) throws LocalFileException {
        try {
            out.write(bytes, 0, count);
        } catch (IOException e) {
            throw LocalFileException.of(file + " can't be written", e);
        }
    }
}
