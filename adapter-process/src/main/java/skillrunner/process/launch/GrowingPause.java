package skillrunner.process.launch;

/**
 * Waits a little longer each time: what ends at once is noticed at once, and what takes long costs few looks. For one
 * thread.
 */
final class GrowingPause {
    private static final long FIRST_MILLIS = 2;
    private static final long LONGEST_MILLIS = 200;

    private long next = FIRST_MILLIS;

    /** Waits. @return false if this thread was interrupted, which stays noted */
    boolean take() {
        try {
            Thread.sleep(next);
            next = Math.min(LONGEST_MILLIS, next * 2);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
