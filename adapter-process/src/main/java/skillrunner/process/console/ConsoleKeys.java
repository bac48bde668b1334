package skillrunner.process.console;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands what is typed to a program. What the program does not take in waits, up to a limit; who types more waits as well. Safe for
 * concurrent use.
 */
final class ConsoleKeys {
    private static final int MOST_WAITING_BYTES = 64 * 1024;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final byte[] NOTHING = {};

    private final int terminal;
    private final ConsoleThread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by the lock, as what follows. */
    private final Deque<byte[]> waiting = new ArrayDeque<>();

    private int waitingBytes;
    private boolean ended;

    ConsoleKeys(int terminal, String name) {
        this.terminal = terminal;
        this.thread = new ConsoleThread(name, this::pump);
    }

    void start() {
        thread.start();
    }

    void add(byte[] typed) {
        if (typed.length == 0) {
            return;
        }
        lock.lock();
        try {
            while (waitingBytes > MOST_WAITING_BYTES && !ended) {
                changed.awaitUninterruptibly();
            }
            if (!ended) {
                waiting.add(typed.clone());
                waitingBytes += typed.length;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is handed over, and who waits is let go. */
    void stop() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean leaves(Duration patience) {
        return thread.endsWithin(patience);
    }

    private void pump() {
        for (byte[] typed = next(); typed.length > 0; typed = next()) {
            for (int taken = 0; taken < typed.length && goesOn(); ) {
                int count = TerminalCalls.write(terminal, typed, taken);
                if (count < 0) {
                    break;
                }
                taken += count;
                if (taken < typed.length) {
                    // Nobody says when the program has taken something in.
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }
    }

    /** Waits for the next keys. @return nothing at the end */
    private byte[] next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !ended) {
                changed.awaitUninterruptibly();
            }
            if (ended) {
                return NOTHING;
            }
            byte[] typed = waiting.remove();
            waitingBytes -= typed.length;
            changed.signalAll();
            return typed;
        } finally {
            lock.unlock();
        }
    }

    private boolean goesOn() {
        lock.lock();
        try {
            return !ended;
        } finally {
            lock.unlock();
        }
    }
}
