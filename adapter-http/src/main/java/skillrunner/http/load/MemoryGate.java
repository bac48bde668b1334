package skillrunner.http.load;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

/**
 * Bounds what all requests together hold in memory. Who finds no room stands in line, without a thread, until there is some or
 * patience ends. What needs more than there is at all passes alone. Safe for concurrent use.
 */
public final class MemoryGate {
    private static final int MAX_WAITING = 10_000;

    private final long capacity;
    private final Duration patience;
    private final Deque<Waiting> line = new ArrayDeque<>();
    private long used;

    private record Waiting(long bytes, CompletableFuture<Lease> turn) {}

    /** Some of the memory, until it is given back. Giving it back twice is harmless. */
    public interface Lease extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Makes a gate.
     *
     * @param capacity bytes for all together
     * @param patience how long a request waits for its turn
     */
    public MemoryGate(long capacity, Duration patience) {
        this.capacity = capacity;
        this.patience = Objects.requireNonNull(patience);
    }

    /**
     * Asks for memory.
     *
     * @param bytes how much
     * @return complete at once if there is room; fails with {@code SERVER_BUSY} when patience ends. Completes on a thread that
     *     must not be held up
     */
    CompletableFuture<Lease> enter(long bytes) {
        long wanted = Math.min(bytes, capacity);
        Waiting waiting = new Waiting(wanted, new CompletableFuture<>());
        synchronized (this) {
            if (wanted == 0 || (line.isEmpty() && used + wanted <= capacity)) {
                used += wanted;
                return CompletableFuture.completedFuture(lease(wanted));
            }
            if (line.size() >= MAX_WAITING) {
                return CompletableFuture.failedFuture(busy());
            }
            line.add(waiting);
        }
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> giveUp(waiting));
        return waiting.turn();
    }

    synchronized long used() {
        return used;
    }

    private void giveUp(Waiting waiting) {
        if (waiting.turn().isDone()) {
            return;
        }
        synchronized (this) {
            line.remove(waiting);
        }
        waiting.turn().completeExceptionally(busy());
        admit();
    }

    private Lease lease(long bytes) {
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.getAndSet(false)) {
                synchronized (this) {
                    used -= bytes;
                }
                admit();
            }
        };
    }

    private void admit() {
        while (true) {
            Waiting next;
            synchronized (this) {
                next = line.peek();
                if (next == null || used + next.bytes() > capacity) {
                    return;
                }
                line.remove();
                used += next.bytes();
            }
            Lease lease = lease(next.bytes());
            if (!next.turn().complete(lease)) {
                lease.close();
            }
        }
    }

    private static RefusedException busy() {
        return new RefusedException(
                ErrorCode.SERVER_BUSY, "The server is busy with other requests; try again in a moment");
    }
}
