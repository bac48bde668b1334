package skillrunner.application.storage;

import java.time.Duration;
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
        for (int failures = 1; true; failures++) {
            try {
                return work.get();
            } catch (UnavailableException e) {
                Duration pause = policy.pauseAfter(failures).orElseThrow(() -> e);
                LOG.log(System.Logger.Level.WARNING, "{0}; trying again ({1})", e.getMessage(), e.getCause());
                wait(rest, pause, e);
            }
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
