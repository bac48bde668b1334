package skillrunner.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks at places that may lie on a file system that never answers: behind NFS whose server is gone, behind FUSE whose program
 * hangs. Such a look can't be interrupted. It is made by a thread of its own, and whoever wants it waits for a limited time
 * only. From then on nobody asks that place again until a look that was given up comes back, so that a place that hangs for
 * ever costs a few threads and not more and more of them. Safe for concurrent use.
 */
public final class PatientLooks {
    private static final int AT_ONCE = 64;
    private static final long IDLE_SECONDS = 10;

    private static final Semaphore TURNS = new Semaphore(AT_ONCE);
    private static final AtomicLong COUNT = new AtomicLong();
    private static final ThreadPoolExecutor THREADS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), PatientLooks::thread);

    /** How many looks at a place were given up and have not come back. */
    private static final ConcurrentMap<Path, Integer> SILENT = new ConcurrentHashMap<>();

    private PatientLooks() {}

    /**
     * What is done at a place.
     *
     * @param <T> what it comes to
     */
    @FunctionalInterface
    public interface Look<T> {
        /**
         * Looks.
         *
         * @return what it comes to
         * @throws IOException if it can't be done
         */
        T look() throws IOException;
    }

    /**
     * Looks at a place.
     *
     * @param place by what it is known; looks at one place are always given the same
     * @param patience how long to wait
     * @param look what is done there
     * @param <T> what it comes to
     * @return what it came to
     * @throws NoAnswerException if it takes longer, or if an earlier look has not come back
     * @throws IOException what the look met; an {@link InterruptedIOException} if the waiting thread was interrupted
     */
    public static <T> T at(Path place, Duration patience, Look<T> look) throws IOException {
        if (SILENT.containsKey(place)) {
            throw new NoAnswerException(place);
        }
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            if (!TURNS.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new NoAnswerException(place);
            }
            Asked<T> asked = new Asked<>(place, look);
            THREADS.execute(asked);
            return asked.answer(deadline - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a file system");
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "look-" + COUNT.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** One look under way. A look that is given up gives its turn back, for its thread may never come back. */
    private static final class Asked<T> extends FutureTask<T> {
        private final Path place;
        private boolean over;
        private boolean givenUp;

        Asked(Path place, Look<T> look) {
            super(look::look);
            this.place = place;
        }

        @Override
        public void run() {
            super.run();
            synchronized (this) {
                over = true;
                if (givenUp) {
                    SILENT.computeIfPresent(place, (known, looks) -> looks > 1 ? looks - 1 : null);
                } else {
                    TURNS.release();
                }
            }
        }

        T answer(long nanos) throws IOException, InterruptedException {
            try {
                return get(nanos, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                giveUp();
                throw new NoAnswerException(place);
            } catch (InterruptedException e) {
                giveUp();
                throw e;
            } catch (ExecutionException e) {
                Throwable cause = e.getCause();
                if (cause instanceof IOException io) {
                    throw io;
                }
                if (cause instanceof RuntimeException thrown) {
                    throw thrown;
                }
                if (cause instanceof Error error) {
                    throw error;
                }
                throw new IllegalStateException(cause);
            }
        }

        private synchronized void giveUp() {
            if (!over) {
                givenUp = true;
                TURNS.release();
                SILENT.merge(place, 1, Integer::sum);
            }
        }
    }
}
