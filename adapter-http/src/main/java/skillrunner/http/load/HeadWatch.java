package skillrunner.http.load;

import java.time.Duration;

/** Tells from a connection's counters whether the head of a request takes too long. Used by one thread. */
final class HeadWatch {
    /** More than the container takes for a head; whoever sends that much sends a body. */
    private static final long LONGER_THAN_ANY_HEAD_BYTES = 64 * 1024;

    private final Duration deadline;
    private long heads;
    private long bytesAtRest;
    private long sinceNanos;

    HeadWatch(Duration deadline, long nowNanos) {
        this.deadline = deadline;
        this.sinceNanos = nowNanos;
    }

    /**
     * Looks again.
     *
     * @param nowNanos a monotonic time
     * @param headsRead how many heads have come whole
     * @param answersBegun how many answers were begun
     * @param bytesRead how many bytes came
     * @return true if a head has been coming for longer than the deadline
     */
    boolean isOverdue(long nowNanos, long headsRead, long answersBegun, long bytesRead) {
        boolean atWork = headsRead > answersBegun;
        if (atWork || headsRead != heads || bytesRead == bytesAtRest) {
            heads = headsRead;
            bytesAtRest = bytesRead;
            sinceNanos = nowNanos;
            return false;
        }
        // The interim answer that a client with a large body asks for counts as begun, while its body is still to come.
        return nowNanos - sinceNanos > deadline.toNanos() && bytesRead - bytesAtRest <= LONGER_THAN_ANY_HEAD_BYTES;
    }
}
