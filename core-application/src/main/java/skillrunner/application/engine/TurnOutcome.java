package skillrunner.application.engine;

import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.run.TurnFacts;

/**
 * What a parser read out of a turn's output.
 *
 * @param finalText the engine's last message to its user, if there was one
 * @param closing how the engine closed its turn
 * @param sessionHandle what resumes the conversation, if the engine named it
 * @param signInWanted whether the output speaks of a missing sign-in
 */
public record TurnOutcome(
        Optional<String> finalText, TurnFacts.Closing closing, Optional<String> sessionHandle, boolean signInWanted) {
    /** Refuses null parts. */
    public TurnOutcome {
        Objects.requireNonNull(finalText);
        Objects.requireNonNull(closing);
        Objects.requireNonNull(sessionHandle);
    }
}
