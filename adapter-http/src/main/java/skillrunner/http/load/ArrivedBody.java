package skillrunner.http.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A body that has come whole. While it comes only its beginning is in memory, so that slow clients hold little of it; the rest
 * is in a file until it is read. Used by one thread at a time.
 */
final class ArrivedBody implements AutoCloseable {
    private static final int IN_MEMORY_BYTES = 8 * 1024;

    private final Path folder;
    private final BodyWeight weight;
    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream(256);
    private @Nullable Path file;
    private @Nullable OutputStream rest;
    private long size;

    ArrivedBody(Path folder, BodyWeight weight) {
        this.folder = folder;
        this.weight = weight;
    }

    void append(ByteBuffer bytes) throws IOException {
        size += bytes.remaining();
        weight.add(bytes);
        if (rest == null && size > IN_MEMORY_BYTES) {
            file = Files.createTempFile(folder, "body", ".tmp");
            rest = Files.newOutputStream(file);
        }
        Channels.newChannel(rest == null ? beginning : rest).write(bytes);
    }

    RuntimeException explained(IOException e) {
        return SpoolFaults.explained(e, folder);
    }

    /** How much memory it needs once it is parsed. */
    long weight() {
        return weight.bytes();
    }

    /** Reads it whole into memory. */
    byte[] bytes() throws IOException {
        if (rest != null) {
            rest.close();
        }
        byte[] all = new byte[(int) size];
        byte[] first = beginning.toByteArray();
        System.arraycopy(first, 0, all, 0, first.length);
        if (file != null) {
            byte[] more = Files.readAllBytes(file);
            System.arraycopy(more, 0, all, first.length, more.length);
        }
        return all;
    }

    /** Lets go of the file. */
    @Override
    public void close() throws IOException {
        if (rest != null) {
            rest.close();
        }
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }
}
