package skillrunner.client;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An answer whose bytes arrive one after another. To be closed, which ends the connection if something was left unread. Its stream
 * throws {@link java.net.http.HttpTimeoutException} if nothing comes for longer than the client waits, and another {@link
 * java.io.IOException} if the connection is cut before the end. For one thread.
 */
public final class Download implements AutoCloseable {
    private final int status;
    private final Map<String, List<String>> headers;
    private final ArrivingBody body;

    Download(int status, Map<String, List<String>> headers, ArrivingBody body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = Objects.requireNonNull(body);
    }

    /**
     * Returns the status.
     *
     * @return the status
     */
    public int status() {
        return status;
    }

    /**
     * Returns the headers.
     *
     * @return values by name in lower case
     */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /**
     * Returns a header.
     *
     * @param name its name in lower case
     * @return its first value
     */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /**
     * Returns the bytes.
     *
     * @return a stream, always the same
     */
    public InputStream body() {
        return body;
    }

    @Override
    public void close() {
        body.close();
    }
}
