package skillrunner.workspace.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import skillrunner.application.storage.StoredBytes;

/** SHA-256 of files and texts. */
public final class Digests {
    private static final int CHUNK = 128 * 1024;
    private static final int SMALL_CHUNK = 1024;

    private Digests() {}

    /**
     * Digests stored bytes as if they were one stream.
     *
     * @param parts the bytes in order
     * @return SHA-256 in lower-case hex
     */
    public static String sha256(List<StoredBytes> parts) {
        MessageDigest digest = newDigest();
        byte[] chunk = new byte[CHUNK];
        for (StoredBytes part : parts) {
            try (InputStream in = part.opening().open(0, part.size())) {
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    digest.update(chunk, 0, read);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Digests what is left in a channel.
     *
     * @param channel the bytes; it stays open
     * @param max no more than so many bytes are read
     * @return SHA-256 in lower-case hex
     * @throws IOException if they can't be read
     */
    public static String sha256(ReadableByteChannel channel, long max) throws IOException {
        MessageDigest digest = newDigest();
        ByteBuffer chunk = ByteBuffer.allocate(chunkFor(channel));
        for (long left = max; left > 0; ) {
            chunk.clear().limit((int) Math.min(chunk.capacity(), left));
            int read = channel.read(chunk);
            if (read < 0) {
                break;
            }
            digest.update(chunk.flip());
            left -= read;
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Digests a text.
     *
     * @param text any text
     * @return SHA-256 of its UTF-8 in lower-case hex
     */
    public static String sha256(String text) {
        return HexFormat.of().formatHex(newDigest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** An agent may leave a hundred thousand small files, and as many large buffers would be most of the work. */
    private static int chunkFor(ReadableByteChannel channel) throws IOException {
        return channel instanceof FileChannel file
                ? (int) Math.min(CHUNK, Math.max(SMALL_CHUNK, file.size() + 1))
                : CHUNK;
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
