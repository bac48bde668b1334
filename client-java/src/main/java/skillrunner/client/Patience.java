package skillrunner.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How long it is tried again: soon at first, then every few seconds, until too long a time has passed since anything worked. For one
 * thread.
 */
final class Patience {
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration AT_MOST = Duration.ofSeconds(5);

    private final Duration limit;
    private long worked = System.nanoTime();
    private Duration next = SOON;

    Patience(Duration limit) {
        this.limit = Objects.requireNonNull(limit);
    }

    /** Something worked: the time begins anew. */
    void worked() {
        worked = System.nanoTime();
        next = SOON;
    }

    /**
     * Tells how long to wait before the next try, never beyond the limit.
     *
     * @throws IOException what went wrong, if that does not pass by itself or it has lasted too long
     */
    Duration after(IOException failure) throws IOException {
        Duration left = limit.minusNanos(System.nanoTime() - worked);
        if (!passes(failure) || left.isNegative()) {
            throw failure;
        }
        Duration wait = next;
        next = next.multipliedBy(2).compareTo(AT_MOST) < 0 ? next.multipliedBy(2) : AT_MOST;
        Optional<Duration> asked =
                failure instanceof ProblemException problem ? problem.retryAfter() : Optional.empty();
        Duration chosen = asked.filter(longer -> longer.compareTo(wait) > 0).orElse(wait);
        // A server may ask for years; nobody is patient for longer than they said.
        return chosen.compareTo(left) < 0 ? chosen : left;
    }

    /** What is done, perhaps several times. */
    interface Attempt<T> {
        T make() throws IOException, InterruptedException;
    }

    /** Makes a call until it is answered; it must be one that may be made twice. */
    static <T> T within(Duration limit, Attempt<T> attempt) throws IOException, InterruptedException {
        Patience patience = new Patience(limit);
        while (true) {
            try {
                return attempt.make();
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(patience.after(e).toMillis());
            }
        }
    }

    private static boolean passes(IOException failure) {
        if (failure instanceof ProblemException problem) {
            return problem.passes();
        }
        if (failure instanceof LocalFileException || failure instanceof ClosedClientException) {
            return false;
        }
        return !(failure instanceof UnexpectedAnswerException unexpected) || unexpected.passes();
    }
}
