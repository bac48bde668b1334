package skillrunner.workspace.budget;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out code that skills bring along on threads of its own, each with a large stack, and gives it up when it takes
 * more time or memory than its budget. What is given up is interrupted, so the code must look for an interrupt in every
 * loop that can be long. Safe for concurrent use; more calls than the machine can serve wait for their turn.
 */
public final class ForeignCode {
    private static final Logger LOG = LoggerFactory.getLogger(ForeignCode.class);

    /** Only what is used of it takes memory. Deep enough for every document that the JSON reader lets through. */
    private static final long STACK_BYTES = 16L * 1024 * 1024;

    private static final int AT_ONCE = 32;
    private static final long LOOK_EVERY_MILLIS = 20;
    private static final long GRACE_SECONDS = 5;
    private static final long IDLE_SECONDS = 10;

    private static final Semaphore TURNS = new Semaphore(AT_ONCE, true);
    private static final AtomicLong COUNT = new AtomicLong();
    private static final ThreadPoolExecutor THREADS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), ForeignCode::thread);

    private ForeignCode() {}

    /**
     * Carries out a piece of foreign code and waits for it.
     *
     * @param budget what it may use up
     * @param code looks for an interrupt in every loop that can be long
     * @param <T> what it comes to
     * @return what it came to
     * @throws OverBudgetException if it was given up, or if the calling thread was interrupted meanwhile
     */
    public static <T> T run(Budget budget, Callable<T> code) throws OverBudgetException {
        Metered<T> metered = new Metered<>(code);
        FutureTask<T> task = new FutureTask<>(metered);
        try {
            TURNS.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
        try {
            THREADS.execute(task);
            return await(task, metered, budget);
        } finally {
            TURNS.release();
        }
    }

    private static <T> T await(Future<T> task, Metered<T> metered, Budget budget) throws OverBudgetException {
        long deadline = System.nanoTime() + budget.time().toNanos();
        while (true) {
            try {
                T result = task.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                if (metered.allocated() > budget.allocatedBytes()) {
                    throw tooMuchMemory();
                }
                return result;
            } catch (TimeoutException e) {
                if (System.nanoTime() - deadline >= 0) {
                    giveUp(task, metered);
                    throw new OverBudgetException(
                            "it takes longer than " + budget.time().toSeconds() + " seconds");
                }
                if (metered.allocated() > budget.allocatedBytes()) {
                    giveUp(task, metered);
                    throw tooMuchMemory();
                }
            } catch (InterruptedException e) {
                giveUp(task, metered);
                Thread.currentThread().interrupt();
                throw interrupted();
            } catch (ExecutionException e) {
                Throwable cause = e.getCause();
                if (cause instanceof StackOverflowError) {
                    throw new OverBudgetException("it is nested too deeply");
                }
                if (cause instanceof OutOfMemoryError) {
                    throw tooMuchMemory();
                }
                if (cause instanceof RuntimeException thrown) {
                    throw thrown;
                }
                throw new IllegalStateException("foreign code failed", cause);
            }
        }
    }

    /** The turn is given back at once; a thread that did not listen is named, for it goes on using its processor. */
    private static <T> void giveUp(Future<T> task, Metered<T> metered) {
        task.cancel(true);
        if (!metered.endsWithin(GRACE_SECONDS)) {
            LOG.error("foreign code did not listen to its interrupt; a thread is lost to it until the server ends");
        }
    }

    private static OverBudgetException tooMuchMemory() {
        return new OverBudgetException("it needs too much memory");
    }

    private static OverBudgetException interrupted() {
        return new OverBudgetException("it was given up because its result is no longer wanted");
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(null, task, "foreign-code-" + COUNT.incrementAndGet(), STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    }

    /** Foreign code whose thread can be asked how much memory it took. */
    private static final class Metered<T> implements Callable<T> {
        private static final long UNKNOWN = -1;

        private final Callable<T> code;
        private final Semaphore ended = new Semaphore(0);
        private volatile long thread = UNKNOWN;
        private volatile long before;
        private volatile long taken = UNKNOWN;

        Metered(Callable<T> code) {
            this.code = code;
        }

        @Override
        public T call() throws Exception {
            try {
                before = allocatedBy(Thread.currentThread().getId());
                thread = Thread.currentThread().getId();
                return code.call();
            } finally {
                // The thread goes on with other work, which is not on this account.
                taken = allocated();
                ended.release();
            }
        }

        long allocated() {
            if (taken != UNKNOWN) {
                return taken;
            }
            return thread == UNKNOWN ? 0 : allocatedBy(thread) - before;
        }

        /** Waited for where somebody waits anyway; a task that was given up before it began has nothing to end. */
        boolean endsWithin(long seconds) {
            if (thread == UNKNOWN) {
                return true;
            }
            try {
                return ended.tryAcquire(seconds, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        }

        private static long allocatedBy(long id) {
            return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean
                    ? bean.getThreadAllocatedBytes(id)
                    : 0;
        }
    }
}
