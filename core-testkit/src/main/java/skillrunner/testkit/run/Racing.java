package skillrunner.testkit.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Lets many threads do something at the same moment. */
public final class Racing {
    private Racing() {}

    /**
     * Starts all callers together and waits for all of them.
     *
     * @param callers what each thread does
     * @param <T> what it returns
     * @return their results in the order of the callers
     */
    public static <T> List<T> race(List<? extends Callable<T>> callers) {
        CyclicBarrier start = new CyclicBarrier(callers.size());
        ExecutorService threads = Executors.newFixedThreadPool(callers.size());
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> caller : callers) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return caller.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new AssertionError("a racing caller failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while racing", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
