package skillrunner.application.background;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Does something costly once for all who ask for it at the same time. Who asks after the answer is there starts anew. Safe
 * for concurrent use; different keys do not wait for each other.
 *
 * @param <K> what is asked about
 * @param <V> the answer
 */
public final class SingleFlight<K, V> {
    private final Map<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();

    /** Makes one in which nobody asks yet. */
    public SingleFlight() {}

    /**
     * Asks. The first who asks does the work on its own thread; who comes meanwhile is given the same answer later and holds
     * no thread for it.
     *
     * @param key what is asked about
     * @param work finds the answer; must not ask about the same key
     * @return the answer, or what the work threw
     * @throws Error what the work threw, to the first who asks
     */
    public CompletableFuture<V> ask(K key, Supplier<V> work) {
        CompletableFuture<V> mine = new CompletableFuture<>();
        CompletableFuture<V> first = flights.putIfAbsent(key, mine);
        if (first != null) {
            return first;
        }
        try {
            mine.complete(work.get());
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
        } catch (Error e) {
            // Nobody waits for an answer that nobody looks for any more.
            mine.completeExceptionally(e);
            throw e;
        } finally {
            flights.remove(key, mine);
        }
        return mine;
    }

    /**
     * Asks and waits for the answer.
     *
     * @param key what is asked about
     * @param work finds the answer; must not ask about the same key
     * @return the answer
     * @throws RuntimeException what the work threw, to all who waited for it
     * @throws Error what the work threw, to all who waited for it
     */
    public V await(K key, Supplier<V> work) {
        try {
            return ask(key, work).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            if (e.getCause() instanceof Error thrown) {
                throw thrown;
            }
            throw e;
        }
    }
}
