package skillrunner.domain.interaction;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run has asked its user, in numbers.
 *
 * @param last the greatest number of a question; 0 before the first
 * @param pending the question that waits for its decision, while the run waits
 * @param count how many questions were asked
 * @param autoDecisions how many of them were decided because nobody answered
 * @param lastAutoDecisionAt when the last of those was
 */
public record InteractionTally(
        int last, Optional<Integer> pending, int count, int autoDecisions, Optional<Instant> lastAutoDecisionAt) {
    /** Nothing was asked. */
    public static final InteractionTally NONE = new InteractionTally(0, Optional.empty(), 0, 0, Optional.empty());

    /** Refuses null parts. */
    public InteractionTally {
        Objects.requireNonNull(pending);
        Objects.requireNonNull(lastAutoDecisionAt);
    }

    /**
     * Numbers the next question.
     *
     * @param proposed what the agent calls it
     * @return that, if it is greater than all before, else the next one
     */
    public int next(Optional<Integer> proposed) {
        return proposed.filter(number -> number > last).orElse(last + 1);
    }

    /**
     * A question is asked.
     *
     * @param number its number
     * @return the tally after it
     */
    public InteractionTally asked(int number) {
        return new InteractionTally(
                Math.max(last, number), Optional.of(number), count + 1, autoDecisions, lastAutoDecisionAt);
    }

    /**
     * No question waits any more.
     *
     * @return the tally after it
     */
    public InteractionTally closed() {
        return pending.isEmpty()
                ? this
                : new InteractionTally(last, Optional.empty(), count, autoDecisions, lastAutoDecisionAt);
    }

    /**
     * The question was decided because nobody answered.
     *
     * @param now when
     * @return the tally after it
     */
    public InteractionTally autoDecided(Instant now) {
        return new InteractionTally(last, Optional.empty(), count, autoDecisions + 1, Optional.of(now));
    }
}
