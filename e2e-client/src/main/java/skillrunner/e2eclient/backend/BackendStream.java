package skillrunner.e2eclient.backend;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/** An answer whose bytes arrive one after another. Read by one thread; closed by any. */
public final class BackendStream implements AutoCloseable {
    private final HttpHeaders headers;
    private final BodyPieces pieces;
    private final Duration silence;

    BackendStream(HttpHeaders headers, BodyPieces pieces, Duration silence) {
        this.headers = headers;
        this.pieces = pieces;
        this.silence = silence;
    }

    /**
     * Returns what the server says the bytes are.
     *
     * @return a media type, or empty
     */
    public String contentType() {
        return headers.firstValue("Content-Type").orElse("");
    }

    /**
     * Takes the next bytes.
     *
     * @return some bytes, or empty at the end
     * @throws BackendException if the answer was cut off, or nothing came for too long
     */
    public Optional<byte[]> next() {
        try {
            return pieces.next(silence);
        } catch (IOException e) {
            throw BackendException.unreachable("The server's answer ended early: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackendException.unreachable("The example client is stopping");
        }
    }

    @Override
    public void close() {
        pieces.close();
    }
}
