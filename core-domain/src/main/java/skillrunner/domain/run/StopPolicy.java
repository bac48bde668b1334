package skillrunner.domain.run;

import java.util.Optional;

/** Why the server ends an engine that works. The first reason that applies decides, and it does not change any more. */
public final class StopPolicy {
    private StopPolicy() {}

    /**
     * Decides.
     *
     * @param cancelRequested whether somebody asked for the end
     * @param fault what keeps this server from going on with the run
     * @param overdue whether the hard timeout has passed
     * @param decided what was decided before
     * @return the reason, or empty while the engine may work on
     */
    public static Optional<RunFailureCode> reason(
            boolean cancelRequested, Optional<RunFailure> fault, boolean overdue, Optional<RunFailureCode> decided) {
        if (cancelRequested) {
            return Optional.of(RunFailureCode.CANCELED_BY_USER);
        }
        if (fault.isPresent()) {
            return fault.map(RunFailure::code);
        }
        return overdue ? Optional.of(RunFailureCode.TIMEOUT) : decided;
    }

    /**
     * Says it to people.
     *
     * @param reason why the server ended the engine
     * @param hardTimeoutSeconds the run's limit
     * @return the failure of the run, unless it is judged in another way
     */
    public static RunFailure failure(RunFailureCode reason, int hardTimeoutSeconds) {
        return new RunFailure(
                reason,
                switch (reason) {
                    case TIMEOUT -> "The run exceeded its hard timeout of " + hardTimeoutSeconds + " seconds";
                    case STORAGE_FULL -> "The disk was full while the run worked, so its output may have holes";
                    case CANCELED_BY_USER,
                            AUTH_REQUIRED,
                            ORCHESTRATOR_RESTART_INTERRUPTED,
                            PREPARATION_FAILED,
                            INPUT_VALIDATION_FAILED,
                            OUTPUT_VALIDATION_FAILED,
                            ANSWER_LIMIT_EXCEEDED,
                            ENGINE_EXIT_NONZERO,
                            ENGINE_UNAVAILABLE,
                            ENGINE_VERSION_UNSUPPORTED,
                            SKILL_NOT_FOUND,
                            INTERNAL_ERROR -> "The server ended the engine";
                });
    }
}
