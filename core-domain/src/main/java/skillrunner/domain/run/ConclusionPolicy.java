package skillrunner.domain.run;

import java.time.Instant;
import java.util.List;
import skillrunner.domain.state.IllegalTransitionException;

/** Says by which transition a run ends that was judged. */
public final class ConclusionPolicy {
    private ConclusionPolicy() {}

    /**
     * Ends a run.
     *
     * @param run the run as last stored
     * @param verdict how its last turn is judged; not {@link Verdict.Asks}, after which a run goes on
     * @param now the moment of its end
     * @return the change to store
     * @throws IllegalArgumentException if the verdict ends no run
     * @throws IllegalTransitionException if the run can't end like this from where it is
     */
    public static RunChange end(Run run, Verdict verdict, Instant now) {
        if (verdict instanceof Verdict.Succeeded succeeded) {
            return run.succeeded(succeeded.warnings(), now);
        }
        if (verdict instanceof Verdict.Canceled) {
            return run.canceled(now);
        }
        if (verdict instanceof Verdict.Interrupted interrupted) {
            return run.interrupted(interrupted.failure(), now);
        }
        if (verdict instanceof Verdict.Failed failed) {
            return run.keepsEngine() ? whileKept(run, failed.failure(), now) : failed(run, failed.failure(), now);
        }
        throw new IllegalArgumentException("a run that asks goes on");
    }

    /** The engine is there and waits for an answer. */
    private static RunChange whileKept(Run run, RunFailure failure, Instant now) {
        return switch (failure.code()) {
            case INTERACTION_WAIT_TIMEOUT -> run.waitExpired(failure, now);
            case INTERACTION_PROCESS_LOST -> run.engineLost(failure, now);
            default -> run.interrupted(failure, now);
        };
    }

    private static RunChange failed(Run run, RunFailure failure, Instant now) {
        return failure.code() == RunFailureCode.ORCHESTRATOR_RESTART_INTERRUPTED
                ? run.interrupted(failure, now)
                : run.failed(failure, List.of(), now);
    }
}
