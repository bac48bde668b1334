package skillrunner.e2eclient.event;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.e2eclient.backend.Backend;
import skillrunner.e2eclient.backend.BackendException;
import skillrunner.e2eclient.backend.BackendStream;
import skillrunner.e2eclient.backend.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Passes streams of events on, unchanged. Whatever goes wrong with the server is told inside the stream, as an event {@code
 * error}, because a browser shows its page nothing else. Safe for concurrent use.
 */
public final class EventRelay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventRelay.class);
    private static final String MEDIA_TYPE = "text/event-stream";

    /** The server's largest event holds some 64 KiB of output, each character written with up to six. */
    private static final int MOST_EVENT_BYTES = 1 << 20;

    /** Each holds a thread where the JDK has no virtual ones. */
    private static final int MOST_STREAMS = 64;

    private static final int TOO_MANY = 503;

    private final Backend backend;
    private final Semaphore places = new Semaphore(MOST_STREAMS);
    private final Set<BackendStream> open = ConcurrentHashMap.newKeySet();

    /**
     * Takes whom to ask.
     *
     * @param backend the server
     */
    public EventRelay(Backend backend) {
        this.backend = backend;
    }

    /**
     * Passes on a stream until it ends, or nobody reads it any more.
     *
     * @param path where the server has it, with its query
     * @param headers what the browser said about it
     * @param out where it goes
     */
    public void relay(String path, Map<String, String> headers, OutputStream out) {
        try {
            if (!places.tryAcquire()) {
                out.write(error(TOO_MANY, "Too many streams are open at once"));
                out.flush();
                return;
            }
            try {
                follow(path, headers, out);
            } finally {
                places.release();
            }
        } catch (IOException e) {
            LOG.debug("a browser went away: {}", e.toString());
        }
    }

    private void follow(String path, Map<String, String> headers, OutputStream out) throws IOException {
        try (BackendStream stream = backend.open(path, headers)) {
            open.add(stream);
            try {
                if (!stream.contentType().startsWith(MEDIA_TYPE)) {
                    throw BackendException.unusable("The server answered with what is no stream of events");
                }
                pass(stream, out);
            } finally {
                open.remove(stream);
            }
        } catch (BackendException e) {
            out.write(error(e.status(), e.detail()));
        } catch (EventFrames.TooLargeException e) {
            out.write(error(
                    BackendException.unusable("").status(),
                    "The server sent an event of more than " + MOST_EVENT_BYTES + " bytes"));
        }
        out.flush();
    }

    private static void pass(BackendStream stream, OutputStream out) throws IOException, EventFrames.TooLargeException {
        EventFrames frames = new EventFrames(MOST_EVENT_BYTES);
        // A browser is told at once that it is connected.
        out.flush();
        for (Optional<byte[]> piece = stream.next(); piece.isPresent(); piece = stream.next()) {
            byte[] whole = frames.take(piece.get());
            if (whole.length > 0) {
                out.write(whole);
                out.flush();
            }
        }
    }

    private static byte[] error(int status, String words) {
        ObjectNode data = Json.object().put("error", words).put("status_code", status);
        return ("event: error\ndata: " + Json.text(data) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Ends all streams. */
    @Override
    public void close() {
        open.forEach(BackendStream::close);
    }
}
