package skillrunner.domain.run;

import java.time.Instant;

/**
 * What becomes of the wish to end a run. A run that holds a slot is ended by whoever carries it out, be it that it works or
 * that its engine keeps running for an answer; any other that has not ended is canceled at once.
 */
public final class CancelPolicy {
    private CancelPolicy() {}

    /** What is to be stored. */
    public sealed interface Decision {
        /**
         * Nobody carries the run out.
         *
         * @param change its end
         */
        record AtOnce(RunChange change) implements Decision {}

        /**
         * Somebody carries the run out and will end it.
         *
         * @param wished the run with the wish
         */
        record Wish(Run wished) implements Decision {}

        /** The wish is stored already. */
        record AlreadyWished() implements Decision {}

        /** The run has ended. */
        record Ended() implements Decision {}
    }

    /**
     * Decides.
     *
     * @param run the run as stored
     * @param now when the wish came
     * @return what is to be stored
     */
    public static Decision decide(Run run, Instant now) {
        if (run.status().isTerminal()) {
            return new Decision.Ended();
        }
        if (!run.isCarriedOut()) {
            return new Decision.AtOnce(run.canceled(now));
        }
        return run.cancelRequested() ? new Decision.AlreadyWished() : new Decision.Wish(run.wished(now));
    }
}
