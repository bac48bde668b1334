package skillrunner.application.run;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A bell that is not missed when it rings before anybody waits. Safe for concurrent use. */
final class WakeUp {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ringing = lock.newCondition();
    private boolean rung;

    void ring() {
        lock.lock();
        try {
            rung = true;
            ringing.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the bell has rung since the last return, or when so much time has passed, whatever clocks say. */
    void await(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (!rung && left > 0) {
                left = ringing.awaitNanos(left);
            }
            rung = false;
        } finally {
            lock.unlock();
        }
    }
}
