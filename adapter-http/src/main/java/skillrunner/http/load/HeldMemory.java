package skillrunner.http.load;

import org.jspecify.annotations.Nullable;

/**
 * The memory that one request holds, from the moment it gets it to its end. A request may end while it still stands in line, so
 * whichever of the two comes second gives it back. Safe for concurrent use.
 */
final class HeldMemory {
    private MemoryGate.@Nullable Lease lease;
    private boolean over;

    /** The request's turn has come. */
    synchronized void take(MemoryGate.Lease memory) {
        if (over) {
            memory.close();
        } else {
            lease = memory;
        }
    }

    /** The request needs no memory any more. Harmless when called again. */
    synchronized void letGo() {
        over = true;
        if (lease != null) {
            lease.close();
        }
    }
}
