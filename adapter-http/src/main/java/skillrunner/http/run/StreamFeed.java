package skillrunner.http.run;

import java.time.Instant;
import java.util.Optional;

/** What one client is told as server-sent events, one after another. Used by one thread at a time. */
public interface StreamFeed extends AutoCloseable {
    /**
     * Returns what is sent next. Blocks on nothing but the disk.
     *
     * @return bytes of events: those of a long one come one after another, and nothing else before its end; empty if there is nothing to
     *     tell now
     */
    Optional<byte[]> next();

    /**
     * Tells whether more is known to follow at once; what nobody knows of may be there all the same.
     *
     * @return true if it is
     */
    boolean hasBacklog();

    /**
     * Tells whether nothing will follow.
     *
     * @return true once everything was told
     */
    boolean finished();

    /**
     * Returns what breaks a silence.
     *
     * @param now the time
     * @return bytes that tell nothing but that somebody is there
     */
    byte[] heartbeat(Instant now);

    /** Ends the watch for news. */
    @Override
    void close();
}
