package skillrunner.client;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a client waits for, to be broken when it is closed: before JDK 21 the client of the JDK leaves whoever waits to their own
 * patience when its threads end. Thread-safe.
 */
final class UnderWay {
    private final Set<Runnable> breaks = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Says how something is broken, until it is removed; that is done at once if the client is closed already. */
    void add(Runnable toBreak) {
        breaks.add(toBreak);
        if (closed) {
            toBreak.run();
        }
    }

    /** It has ended. */
    void remove(Runnable toBreak) {
        breaks.remove(toBreak);
    }

    boolean isClosed() {
        return closed;
    }

    /** Breaks everything, also what begins from now on. */
    void close() {
        closed = true;
        breaks.forEach(Runnable::run);
        breaks.clear();
    }
}
