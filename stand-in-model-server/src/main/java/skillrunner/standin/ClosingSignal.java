package skillrunner.standin;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets answers that wait on purpose learn at once that the server closes. */
final class ClosingSignal {

    private final CountDownLatch closing = new CountDownLatch(1);

    void raise() {
        closing.countDown();
    }

    /** Waits for the given time. Returns false, possibly early, if the server closes. */
    boolean pause(Duration time) {
        try {
            return !closing.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
