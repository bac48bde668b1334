package skillrunner.e2eclient.backend;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import skillrunner.client.Download;

/** An answer whose bytes arrive one after another. Read by one thread; closed by any. */
public final class BackendStream implements AutoCloseable {
    private static final int PIECE_BYTES = 64 * 1024;

    private final Download answer;
    private final byte[] piece = new byte[PIECE_BYTES];

    BackendStream(Download answer) {
        this.answer = Objects.requireNonNull(answer);
    }

    /**
     * Returns what the server says the bytes are.
     *
     * @return a media type, or empty
     */
    public String contentType() {
        return answer.header("content-type").orElse("");
    }

    /**
     * Takes the next bytes.
     *
     * @return some bytes, or empty at the end
     * @throws BackendException if the answer was cut off, or nothing came for too long
     */
    public Optional<byte[]> next() {
        try {
            int count = answer.body().read(piece);
            return count < 0 ? Optional.empty() : Optional.of(Arrays.copyOf(piece, count));
        } catch (IOException e) {
            throw BackendException.unreachable("The server's answer ended early: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        answer.close();
    }
}
