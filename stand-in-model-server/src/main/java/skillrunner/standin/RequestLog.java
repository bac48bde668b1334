package skillrunner.standin;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Remembers the newest requests, oldest first. Safe for concurrent use. */
final class RequestLog {

    /** Enough for any test; a long demo forgets its oldest requests instead of filling the memory. */
    private static final int MOST_CHARACTERS = 64 * 1024 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final Deque<RecordedRequest> requests = new ArrayDeque<>();
    private long characters;

    void add(RecordedRequest request) {
        lock.lock();
        try {
            requests.add(request);
            characters += request.body().length();
            while (characters > MOST_CHARACTERS && requests.size() > 1) {
                characters -= requests.remove().body().length();
            }
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    List<RecordedRequest> all() {
        lock.lock();
        try {
            return List.copyOf(requests);
        } finally {
            lock.unlock();
        }
    }

    RecordedRequest await(Predicate<? super RecordedRequest> wanted, Duration patience)
            throws InterruptedException, TimeoutException {
        lock.lock();
        try {
            long left = patience.toNanos();
            Optional<RecordedRequest> found = first(wanted);
            while (found.isEmpty()) {
                if (left <= 0) {
                    throw new TimeoutException("no such request within " + patience + " among " + requests);
                }
                left = added.awaitNanos(left);
                found = first(wanted);
            }
            return found.get();
        } finally {
            lock.unlock();
        }
    }

    private Optional<RecordedRequest> first(Predicate<? super RecordedRequest> wanted) {
        return requests.stream().filter(wanted).findFirst();
    }
}
