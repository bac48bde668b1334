package skillrunner.application.run.journal;

import java.util.Objects;

/**
 * An event as it is stored.
 *
 * @param seq its number: within the run for FCMP, within the attempt for the others
 * @param attempt its attempt
 * @param json its envelope, on one line
 */
public record JournalEvent(long seq, int attempt, String json) {
    /** Refuses null. */
    public JournalEvent {
        Objects.requireNonNull(json);
    }
}
