package skillrunner.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import skillrunner.application.background.BackgroundTasks;

/** Real threads, which end with the test. */
final class TestBackground implements BackgroundTasks, AutoCloseable {
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @Override
    public void submit(String name, Runnable task) {
        threads.execute(task);
    }

    @Override
    public void submitAfter(Duration delay, String name, Runnable task) {
        Executor later = CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, threads);
        later.execute(task);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
