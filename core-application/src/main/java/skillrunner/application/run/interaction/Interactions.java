package skillrunner.application.run.interaction;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.run.RunChange;
import skillrunner.domain.run.RunId;

/**
 * Remembers the questions of runs across restarts. A question and the move of its run are stored together or not at all, and
 * of several who would decide a question one does. A run that ends while it waits, by whatever move, closes its question
 * in the same step ({@link skillrunner.domain.run.ClosingPolicy}); a run that is removed takes its questions with it. What a
 * method returned from is on disk. Implementations are safe for concurrent use and throw what {@link
 * skillrunner.application.run.Runs} throws.
 */
public interface Interactions {
    /** What became of a decision. */
    enum Deciding {
        /** It is the decision of the question. */
        DECIDED,
        /** The question is decided already, or the run waits for it no more; nothing was changed. */
        TOO_LATE,
        /** The run would have to wait in a queue that is full; nothing was changed. */
        QUEUE_FULL
    }

    /**
     * A question that waits until a moment.
     *
     * @param run the run
     * @param interaction the question
     */
    record Timed(RunId run, Interaction interaction) {
        /** Refuses null parts. */
        public Timed {
            Objects.requireNonNull(run);
            Objects.requireNonNull(interaction);
        }
    }

    /**
     * Lets a run ask.
     *
     * @param change its move to {@code waiting_user}
     * @param asked the question
     * @return false if the move came too late; then nothing was changed
     */
    boolean ask(RunChange change, Interaction asked);

    /**
     * Decides a question.
     *
     * @param change the move of its run away from {@code waiting_user}
     * @param decided the question with the decision
     * @param maxQueued so many runs may be queued before this one
     * @return what became of it
     */
    Deciding decide(RunChange change, Interaction decided, int maxQueued);

    /**
     * Finds a question.
     *
     * @param run the run
     * @param number its number
     * @return the question, or empty
     */
    Optional<Interaction> find(RunId run, int number);

    /**
     * Lists the questions of a run.
     *
     * @param run the run
     * @return the questions, by number
     */
    List<Interaction> all(RunId run);

    /**
     * Lists the questions that wait until a moment.
     *
     * @return the questions, the next one first
     */
    List<Timed> withDeadline();
}
