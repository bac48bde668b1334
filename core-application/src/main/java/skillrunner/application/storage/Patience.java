package skillrunner.application.storage;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import skillrunner.domain.run.RetryPolicy;

/** Outlasts passing faults where there is nothing else to do meanwhile: what is not known yet is not known to be lost. */
public final class Patience {
    private static final System.Logger LOG = System.getLogger(Patience.class.getName());

    private Patience() {}

    /** Lets the caller's thread rest. */
    @FunctionalInterface
    public interface Rest {
        /**
         * Returns after a while.
         *
         * @param pause how long to rest
         * @throws InterruptedException if the thread is interrupted
         */
        void take(Duration pause) throws InterruptedException;
    }

    /**
     * Does something, again and again as long as it is not available. Sleeps between two tries.
     *
     * @param policy how often and after which pauses
     * @param work what to do; may be begun several times
     * @param <T> what it returns
     * @return its result
     * @throws UnavailableException if it never was available, or this thread was interrupted meanwhile
     */
    public static <T> T with(RetryPolicy policy, Supplier<T> work) {
        return with(policy, pause -> Thread.sleep(pause.toMillis()), work);
    }

    /**
     * Does something, again and again as long as it is not available.
     *
     * @param policy how often and after which pauses
     * @param rest how to wait between two tries
     * @param work what to do; may be begun several times
     * @param <T> what it returns
     * @return its result
     * @throws UnavailableException if it never was available, or this thread was interrupted meanwhile
     */
    public static <T> T with(RetryPolicy policy, Rest rest, Supplier<T> work) {
        return until(policy, () -> tried(work), tried -> tried.failure().isEmpty(), (failed, pause) -> {
                    UnavailableException reason = failed.failure().orElseThrow();
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "{0}; trying again ({1})",
                            reason.getMessage(),
                            reason.getCause());
                    wait(rest, pause, reason);
                })
                .result()
                .get();
    }

    /**
     * Tries something, again and again until it went well. Sleeps between two tries.
     *
     * @param policy how often and after which pauses
     * @param attempt one try
     * @param wentWell what to be content with
     * @param <T> what a try comes to
     * @return what the first try came to that went well, else the last one
     * @throws InterruptedException if this thread is interrupted between two tries
     */
    public static <T> T until(RetryPolicy policy, Supplier<T> attempt, Predicate<T> wentWell)
            throws InterruptedException {
        Pause<T, InterruptedException> sleep = (failed, pause) -> Thread.sleep(pause.toMillis());
        return until(policy, attempt, wentWell, sleep);
    }

    /** What happens between two tries. */
    @FunctionalInterface
    private interface Pause<T, X extends Exception> {
        void take(T failed, Duration pause) throws X;
    }

    /** One try at what may not be available; the result throws what the try threw. */
    private record Tried<T>(Supplier<T> result, Optional<UnavailableException> failure) {}

    private static <T, X extends Exception> T until(
            RetryPolicy policy, Supplier<T> attempt, Predicate<T> wentWell, Pause<T, X> between) throws X {
        for (int failures = 1; true; failures++) {
            T outcome = attempt.get();
            Optional<Duration> pause =
                    wentWell.test(outcome) ? Optional.<Duration>empty() : policy.pauseAfter(failures);
            if (pause.isEmpty()) {
                return outcome;
            }
            between.take(outcome, pause.get());
        }
    }

    private static <T> Tried<T> tried(Supplier<T> work) {
        try {
            T result = work.get();
            return new Tried<>(() -> result, Optional.empty());
        } catch (UnavailableException e) {
            return new Tried<>(
                    () -> {
                        throw e;
                    },
                    Optional.of(e));
        }
    }

    private static void wait(Rest rest, Duration pause, UnavailableException reason) {
        try {
            rest.take(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw reason;
        }
    }
}
