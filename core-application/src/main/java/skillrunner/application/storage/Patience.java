package skillrunner.application.storage;

import java.time.Duration;
import java.util.function.Supplier;
import skillrunner.domain.run.RetryPolicy;

/** Outlasts passing faults where there is nothing else to do meanwhile: what is not known yet is not known to be lost. */
public final class Patience {
    private static final System.Logger LOG = System.getLogger(Patience.class.getName());

    private Patience() {}

    /**
     * Does something, again and again as long as it is not available. Blocks.
     *
     * @param policy how often and after which pauses
     * @param work what to do; may be begun several times
     * @param <T> what it returns
     * @return its result
     * @throws UnavailableException if it never was available, or this thread was interrupted meanwhile
     */
    public static <T> T with(RetryPolicy policy, Supplier<T> work) {
        for (int failures = 1; true; failures++) {
            try {
                return work.get();
            } catch (UnavailableException e) {
                Duration pause = policy.pauseAfter(failures).orElseThrow(() -> e);
                LOG.log(System.Logger.Level.WARNING, "{0}; trying again ({1})", e.getMessage(), e.getCause());
                rest(pause, e);
            }
        }
    }

    private static void rest(Duration pause, UnavailableException reason) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw reason;
        }
    }
}
