package skillrunner.mcp.bridge;

import java.time.Duration;
import java.util.function.Supplier;
import skillrunner.application.background.Bell;

/** Pauses that grow, as long as there is patience. Used by one thread. */
final class Countdown {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Supplier<Duration> patience;
    private final Bell bell;
    private long begin = System.nanoTime();
    private Duration next = FIRST_PAUSE;

    /**
     * @param patience may grow meanwhile
     * @param bell ends a pause early
     */
    Countdown(Supplier<Duration> patience, Bell bell) {
        this.patience = patience;
        this.bell = bell;
    }

    /** There was a sign of life: everything begins anew. */
    void renew() {
        begin = System.nanoTime();
        next = FIRST_PAUSE;
    }

    /** Waits a while. @return false if there is no patience any more */
    boolean pause() throws InterruptedException {
        long left = patience.get().toNanos() - (System.nanoTime() - begin);
        if (left <= 0) {
            return false;
        }
        bell.await(next.toNanos() < left ? next : Duration.ofNanos(left));
        next = next.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? next.multipliedBy(2) : LONGEST_PAUSE;
        return true;
    }
}
