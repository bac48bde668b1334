package skillrunner.http.load;

import java.time.Duration;

/** Tells of one connection how long it has been without a request, and how long a head has been coming. Safe for concurrent use. */
final class ConnectionWatch {
    private long requests;
    private boolean atWork;
    private boolean settled = true;
    private long bytesAtRest;
    private long restNanos;
    private long headNanos;

    /**
     * Begins to watch.
     *
     * @param nowNanos a monotonic time
     */
    ConnectionWatch(long nowNanos) {
        this.restNanos = nowNanos;
        this.headNanos = nowNanos;
    }

    /** A head has come whole. @return the number of its request */
    synchronized long begun() {
        atWork = true;
        return ++requests;
    }

    /**
     * A request is over. If the next one has begun by then, as it may where a client does not wait for answers, nothing changes.
     *
     * @param request its number
     * @param nowNanos a monotonic time
     */
    synchronized void ended(long request, long nowNanos) {
        if (request == requests) {
            atWork = false;
            settled = false;
            restNanos = nowNanos;
        }
    }

    /**
     * Looks again.
     *
     * @param nowNanos a monotonic time
     * @param bytesRead how many bytes the connection has read
     * @param deadline how long a head may take
     * @return true if a head has been coming for longer
     */
    synchronized boolean isHeadLate(long nowNanos, long bytesRead, Duration deadline) {
        if (atWork) {
            return false;
        }
        // What nobody read of a body is read by the container at its end and must not pass for a head.
        if (!settled || bytesRead == bytesAtRest) {
            settled = true;
            bytesAtRest = bytesRead;
            headNanos = nowNanos;
        }
        return nowNanos - headNanos > deadline.toNanos();
    }

    /**
     * Looks again.
     *
     * @param nowNanos a monotonic time
     * @param longer than this
     * @return true if no request has been under way for longer
     */
    synchronized boolean isWithoutRequest(long nowNanos, Duration longer) {
        return !atWork && nowNanos - restNanos > longer.toNanos();
    }
}
