package skillrunner.embedding.background;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.time.MonotonicClock;

/**
 * All threads of a runner: virtual ones where the JDK has them, else daemon threads that are used again. None of them
 * keeps the process alive. Safe for concurrent use.
 */
public final class RunnerThreads implements BackgroundTasks, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunnerThreads.class);

    private static final Duration NO_THREAD_PAUSE = Duration.ofSeconds(1);

    private final long started = System.nanoTime();
    private volatile boolean ending;
    private final ExecutorService workers = workers();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "timer"));

    @Override
    public void submit(String name, Runnable task) {
        workers.execute(() -> {
            Thread current = Thread.currentThread();
            String before = current.getName();
            current.setName(name);
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                told(name, e);
            } finally {
                current.setName(before);
            }
        });
    }

    /** What is left at work meets a closed database; that is no fault of anybody. */
    private void told(String name, Throwable thrown) {
        if (ending) {
            LOG.debug("background task {} ended with the runner", name, thrown);
        } else {
            LOG.error("background task {} failed", name, thrown);
        }
    }

    @Override
    public void submitAfter(Duration delay, String name, Runnable task) {
        try {
            var unused = timer.schedule(() -> submitAgain(name, task), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The runner is closed; what goes on by itself ends here.
            LOG.debug("background task {} comes after the end", name);
        }
    }

    /** Says that everything is closed from now on: what fails at work is no fault any more. To be told before the first thing is closed. */
    public void expectEnd() {
        ending = true;
    }

    /** Forgets what was to come later. What is at work goes on; a closed runner begins nothing by itself any more. */
    @Override
    public void close() {
        expectEnd();
        timer.shutdownNow();
        if (workers instanceof ThreadPoolExecutor pool) {
            // Idle threads are kept for nobody. What is still handed over ends sooner in a thread than never.
            pool.setKeepAliveTime(1, TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Returns how time passes while this runner lives.
     *
     * @return the span since it was opened
     */
    public MonotonicClock monotonic() {
        return () -> Duration.ofNanos(System.nanoTime() - started);
    }

    private void submitAgain(String name, Runnable task) {
        try {
            submit(name, task);
        } catch (RuntimeException | Error e) {
            // No thread could be had; the one that keeps the time is left, and what is due must not be forgotten.
            LOG.error("background task {} gets no thread; trying again", name, e);
            submitAfter(NO_THREAD_PAUSE, name, task);
        }
    }

    /** The language level has no virtual threads, the JDK at run time may. */
    private static ExecutorService workers() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            AtomicLong count = new AtomicLong();
            return Executors.newCachedThreadPool(task -> daemon(task, "worker-" + count.incrementAndGet()));
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
