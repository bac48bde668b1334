package skillrunner.process.console;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Hands over what a program writes, one piece at a time: the next one is taken from the kernel when the last one is gone, so a
 * program whose output nobody reads stands still. Safe for concurrent use.
 */
final class ConsoleOutput {
    private static final int PIECE_BYTES = 16 * 1024;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final InputStream source;
    private final BooleanSupplier exited;
    private final ConsoleThread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final byte[] piece = new byte[PIECE_BYTES];

    /** Guarded by the lock, as what follows: where the piece begins and ends, and whether nothing more comes. */
    private int from;

    private int to;
    private boolean ended;

    ConsoleOutput(InputStream source, BooleanSupplier exited, String name) {
        this.source = source;
        this.exited = exited;
        this.thread = new ConsoleThread(name, this::pump);
    }

    void start() {
        thread.start();
    }

    /** Waits for output. @return how many bytes came, or -1 */
    int read(byte[] buffer) {
        lock.lock();
        try {
            while (from == to && !ended) {
                changed.awaitUninterruptibly();
            }
            int count = Math.min(buffer.length, to - from);
            if (count == 0) {
                return -1;
            }
            System.arraycopy(piece, from, buffer, 0, count);
            from += count;
            changed.signalAll();
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is handed over, and who waits is let go. */
    void stop() {
        lock.lock();
        try {
            ended = true;
            from = to;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean leaves(Duration patience) {
        return thread.endsWithin(patience);
    }

    private void pump() {
        boolean goesOn = true;
        while (goesOn) {
            // Asked first: what it wrote before its end is read after it.
            boolean over = exited.getAsBoolean();
            int count = taken();
            goesOn = count > 0 ? handedOver(count) : !over && pause();
        }
        stop();
    }

    /** Only this thread touches the piece while none is there. */
    private int taken() {
        try {
            return source.read(piece, 0, piece.length);
        } catch (IOException e) {
            // How the kernel says that nobody has the other side.
            return -1;
        }
    }

    /** A program may leave its terminal for a while. @return whether somebody still wants to read */
    private boolean pause() {
        LockSupport.parkNanos(PAUSE_NANOS);
        lock.lock();
        try {
            return !ended;
        } finally {
            lock.unlock();
        }
    }

    private boolean handedOver(int count) {
        lock.lock();
        try {
            if (ended) {
                return false;
            }
            from = 0;
            to = count;
            changed.signalAll();
            while (from < to && !ended) {
                changed.awaitUninterruptibly();
            }
            return !ended;
        } finally {
            lock.unlock();
        }
    }
}
