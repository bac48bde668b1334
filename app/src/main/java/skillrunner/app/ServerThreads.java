package skillrunner.app;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.background.BackgroundTasks;

/**
 * All threads of this program: virtual ones where the JDK has them, else daemon threads that are used again. None of them
 * keeps the process alive. Safe for concurrent use.
 */
final class ServerThreads implements BackgroundTasks {
    private static final Logger LOG = LoggerFactory.getLogger(ServerThreads.class);

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
            } catch (RuntimeException e) {
                LOG.error("background task {} failed", name, e);
            } finally {
                current.setName(before);
            }
        });
    }

    @Override
    public void submitAfter(Duration delay, String name, Runnable task) {
        var unused = timer.schedule(() -> submit(name, task), delay.toNanos(), TimeUnit.NANOSECONDS);
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
