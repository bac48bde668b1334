package skillrunner.application.background;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A bell for threads of the platform. Safe for concurrent use. */
final class LockBell implements Bell {
    /** Long enough for others to take what was written, and too short to be seen by a person. */
    private static final Duration MOMENT = Duration.ofMillis(5);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ringing = lock.newCondition();
    private final long moment;
    private boolean rung;
    private boolean ringsSoon;
    private long ringsAt;

    LockBell() {
        this(MOMENT);
    }

    /** @param moment between a call that it rings soon and its ring */
    LockBell(Duration moment) {
        this.moment = moment.toNanos();
    }

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
    public void ringSoon() {
        lock.lock();
        try {
            if (!ringsSoon) {
                ringsSoon = true;
                ringsAt = System.nanoTime() + moment;
                ringing.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void await(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long end = System.nanoTime() + atMost.toNanos();
            for (long left = left(end); !rung && left > 0; left = left(end)) {
                ringing.awaitNanos(left);
            }
            // Whoever comes back looks at everything there is.
            rung = false;
            ringsSoon = false;
        } finally {
            lock.unlock();
        }
    }

    private long left(long end) {
        long now = System.nanoTime();
        return ringsSoon ? Math.min(end - now, ringsAt - now) : end - now;
    }
}
