package skillrunner.http.run;

import java.time.Instant;
import java.util.Optional;

/** What one client is told as server-sent events, one after another. Used by one thread at a time. */
interface StreamFeed extends AutoCloseable {
    /**
     * Returns what is sent next, as bytes of events: those of a long one come one after another, and nothing else before its end. Empty if
     * there is nothing to tell now. Blocks on nothing but the disk.
     */
    Optional<byte[]> next();

    /** Tells whether more is known to follow at once; what nobody knows of may be there all the same. */
    boolean hasBacklog();

    /** Tells whether nothing will follow. */
    boolean finished();

    /** Returns what breaks a silence. */
    byte[] heartbeat(Instant now);

    /** Ends the watch for news. */
    @Override
    void close();
}
