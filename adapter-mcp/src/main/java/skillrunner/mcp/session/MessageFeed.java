package skillrunner.mcp.session;

import java.util.Optional;

/** What one connection is told, one event after another. Used by one thread at a time; blocks on nothing. */
public interface MessageFeed extends AutoCloseable {
    /**
     * Returns what is sent next.
     *
     * @return the bytes of a whole server-sent event, or of a comment; empty if there is nothing to tell now
     */
    Optional<byte[]> next();

    /**
     * Tells whether nothing will follow.
     *
     * @return true once everything was returned
     */
    boolean finished();

    /** Ends the connection; what was not read is kept for whoever comes back for it. */
    @Override
    void close();
}
