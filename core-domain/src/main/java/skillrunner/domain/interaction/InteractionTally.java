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
 * @param keptFrom the attempt that started the engine which keeps running from question to answer; empty if each turn has an
 *     engine of its own
 */
public record InteractionTally(
        int last,
        Optional<Integer> pending,
        int count,
        int autoDecisions,
        Optional<Instant> lastAutoDecisionAt,
        Optional<Integer> keptFrom) {
    /** Nothing was asked. */
    public static final InteractionTally NONE =
            new InteractionTally(0, Optional.empty(), 0, 0, Optional.empty(), Optional.empty());

    /** Refuses null parts. */
    public InteractionTally {
        Objects.requireNonNull(pending);
        Objects.requireNonNull(lastAutoDecisionAt);
        Objects.requireNonNull(keptFrom);
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
                Math.max(last, number), Optional.of(number), count + 1, autoDecisions, lastAutoDecisionAt, keptFrom);
    }

    /**
     * No question waits any more.
     *
     * @return the tally after it
     */
    public InteractionTally closed() {
        return pending.isEmpty()
                ? this
                : new InteractionTally(last, Optional.empty(), count, autoDecisions, lastAutoDecisionAt, keptFrom);
    }

    /**
     * The question was decided because nobody answered.
     *
     * @param now when
     * @return the tally after it
     */
    public InteractionTally autoDecided(Instant now) {
        return new InteractionTally(last, Optional.empty(), count, autoDecisions + 1, Optional.of(now), keptFrom);
    }

    /**
     * The engine that asked keeps running for the answer.
     *
     * @param attempt the attempt that started it
     * @return the tally after it
     */
    public InteractionTally kept(int attempt) {
        return keptFrom.isPresent()
                ? this
                : new InteractionTally(last, pending, count, autoDecisions, lastAutoDecisionAt, Optional.of(attempt));
    }
}
