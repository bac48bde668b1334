package skillrunner.domain.interaction;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A question of a run, and its decision once there is one. A value: deciding makes a new one, by {@link
 * InteractionLifecycle#TABLE}.
 *
 * @param number names it within the run; grows from question to question
 * @param attempt the turn that ended with it
 * @param question what is asked
 * @param status where it stands
 * @param decision what became of it; present in every status but {@link InteractionStatus#PENDING}
 * @param createdAt when it was asked
 * @param deadline when something is done if nobody has answered; empty if it waits for ever
 * @param command what the engine itself told that it was about to run and did not, beside the agent's words and never out of
 *     them; empty if it told nothing like that
 */
public record Interaction(
        int number,
        int attempt,
        Question question,
        InteractionStatus status,
        Optional<Decision> decision,
        Instant createdAt,
        Optional<Instant> deadline,
        Optional<String> command) {
    /** Refuses null parts and a decision that does not fit the status. */
    public Interaction {
        Objects.requireNonNull(question);
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(deadline);
        Objects.requireNonNull(command);
        if (number < 1 || attempt < 1) {
            throw new IllegalArgumentException("question " + number + " of attempt " + attempt);
        }
        if ((status == InteractionStatus.PENDING) == decision.isPresent()) {
            throw new IllegalArgumentException("status " + status + " with a decision " + decision.isPresent());
        }
    }

    /**
     * A question that is being asked.
     *
     * @param number its number
     * @param attempt the turn that ended with it
     * @param question what is asked
     * @param now when
     * @param deadline until when it waits, if not for ever
     * @return the question
     */
    public static Interaction asked(
            int number, int attempt, Question question, Instant now, Optional<Instant> deadline) {
        return new Interaction(
                number,
                attempt,
                question,
                InteractionLifecycle.TABLE.initial(),
                Optional.empty(),
                now,
                deadline,
                Optional.empty());
    }

    /**
     * Says what it is about.
     *
     * @param told the command that waits, as the engine told of it
     * @return the question with it
     */
    public Interaction about(Optional<String> told) {
        return new Interaction(number, attempt, question, status, decision, createdAt, deadline, told);
    }

    /**
     * Decides it.
     *
     * @param made the decision
     * @return the question with it
     * @throws skillrunner.domain.state.IllegalTransitionException if it is decided already
     */
    public Interaction decided(Decision made) {
        return new Interaction(
                number,
                attempt,
                question,
                InteractionLifecycle.TABLE.apply(status, made.decidedBy().event()),
                Optional.of(made),
                createdAt,
                deadline,
                command);
    }

    /**
     * Tells whether it waits for its decision.
     *
     * @return true until it is decided
     */
    public boolean isPending() {
        return status == InteractionStatus.PENDING;
    }
}
