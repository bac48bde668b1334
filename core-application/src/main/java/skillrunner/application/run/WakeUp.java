package skillrunner.application.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A bell that is not missed when it rings before anybody waits. Safe for concurrent use. */
final class WakeUp {
    private boolean rung;

    synchronized void ring() {
        rung = true;
        notifyAll();
    }

    /** Returns when the bell has rung since the last return, or when the moment has come. */
    synchronized void await(Instant until, Clock clock) throws InterruptedException {
        while (!rung) {
            long millis = Duration.between(clock.instant(), until).toMillis();
            if (millis <= 0) {
                break;
            }
            wait(millis);
        }
        rung = false;
    }
}
