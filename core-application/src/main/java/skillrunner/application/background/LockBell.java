package skillrunner.application.background;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A bell for threads of the platform. Safe for concurrent use. */
final class LockBell implements Bell {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ringing = lock.newCondition();
    private boolean rung;

    @Override
    public void ring() {
        lock.lock();
        try {
            rung = true;
            ringing.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void await(Duration atMost) throws InterruptedException {
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
