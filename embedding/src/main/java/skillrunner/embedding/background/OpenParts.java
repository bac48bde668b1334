package skillrunner.embedding.background;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been opened so far. Closes the last one first; one that can't be closed keeps no other one open. Used by one
 * thread at a time.
 */
public class OpenParts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenParts.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** Nothing is open yet. */
    public OpenParts() {}

    /**
     * Has something closed with the others.
     *
     * @param part what was opened
     * @param <T> what it is
     * @return the same
     */
    public <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.warn("a part did not stop cleanly: {}", e.toString());
            }
        }
    }
}
