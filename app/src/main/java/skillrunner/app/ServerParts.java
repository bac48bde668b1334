package skillrunner.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server has opened so far. Closes the last one first; one that can't be closed keeps no other one open. Used by one
 * thread at a time.
 */
class ServerParts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerParts.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** Has something closed with the others. @return the same */
    <T extends AutoCloseable> T add(T part) {
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
