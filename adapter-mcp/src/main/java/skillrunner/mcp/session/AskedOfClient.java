package skillrunner.mcp.session;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the server has asked of a client, and on which stream. A stream asks one thing at a time: whatever is said on it next makes old what
 * was asked before and is not answered. Safe for concurrent use.
 */
final class AskedOfClient {
    /** Older questions are forgotten; an answer to one is an answer to nothing. */
    private static final int MOST = 256;

    private final Map<Object, Asked> byId = new LinkedHashMap<>();

    private record Asked(long stream, boolean open) {}

    synchronized void asked(Object id, long stream) {
        byId.put(id, new Asked(stream, true));
        Iterator<Object> oldest = byId.keySet().iterator();
        while (byId.size() > MOST) {
            oldest.next();
            oldest.remove();
        }
    }

    /** An answer came, perhaps too late. @return whether there was such a question at all */
    synchronized boolean answered(Object id) {
        return byId.computeIfPresent(id, (same, asked) -> new Asked(asked.stream(), false)) != null;
    }

    /** Closes what a stream has asked and nobody answered. @return the ids */
    synchronized List<Object> withdrawn(long stream) {
        List<Object> ids = new ArrayList<>();
        byId.replaceAll((id, asked) -> {
            boolean old = asked.open() && asked.stream() == stream;
            if (old) {
                ids.add(id);
            }
            return old ? new Asked(stream, false) : asked;
        });
        return ids;
    }
}
