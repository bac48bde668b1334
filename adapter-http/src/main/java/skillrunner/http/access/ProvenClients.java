package skillrunner.http.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who proved the password within the last day. At most {@value #MAX}; the oldest is forgotten first. Safe for concurrent use. */
final class ProvenClients {
    static final int MAX = 10_000;

    private static final long PROVEN_MILLIS = Duration.ofDays(1).toMillis();

    /** When each proof came last. The latest is the last entry. */
    private final Map<Proof, Long> proofs = new LinkedHashMap<>();

    /** Tells whether a proof was right lately, and counts this as another time if so. */
    synchronized boolean knows(Proof proof, long nowMillis) {
        Long at = proofs.remove(proof);
        if (at == null || Math.abs(nowMillis - at) >= PROVEN_MILLIS) {
            return false;
        }
        proofs.put(proof, nowMillis);
        return true;
    }

    synchronized void remember(Proof proof, long nowMillis) {
        proofs.remove(proof);
        proofs.put(proof, nowMillis);
        if (proofs.size() > MAX) {
            proofs.remove(proofs.keySet().iterator().next());
        }
    }

    synchronized int size() {
        return proofs.size();
    }
}
