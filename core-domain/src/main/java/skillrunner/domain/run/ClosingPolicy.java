package skillrunner.domain.run;

import java.util.Optional;
import skillrunner.domain.interaction.DecidedBy;
import skillrunner.domain.interaction.Decision;

/** What becomes of the question of a run that ends while it waits: nobody answers it any more. */
public final class ClosingPolicy {
    private ClosingPolicy() {}

    /**
     * Decides.
     *
     * @param change a move of a run
     * @return the decision of its question, or empty if the move ends no waiting run
     */
    public static Optional<Decision> closing(RunChange change) {
        if (change.before().status() != RunStatus.WAITING_USER
                || !change.after().status().isTerminal()) {
            return Optional.empty();
        }
        boolean canceled = change.after().status() == RunStatus.CANCELED;
        boolean expired = change.after()
                .failure()
                .filter(failure -> failure.code() == RunFailureCode.INTERACTION_WAIT_TIMEOUT)
                .isPresent();
        DecidedBy by = canceled ? DecidedBy.CANCEL : expired ? DecidedBy.WAIT_TIMEOUT : DecidedBy.INTERRUPTION;
        return Optional.of(new Decision(Optional.empty(), by, change.after().updatedAt()));
    }
}
