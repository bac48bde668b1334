package skillrunner.domain.run;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that is known about a turn after its last process ended; what {@link VerdictPolicy} judges.
 *
 * @param end how it ended
 * @param signIn how surely the engine's output speaks of a missing sign-in
 * @param closing how the engine closed its turn
 * @param answerTooLarge whether the engine's final text was longer than {@link OutputCandidates#MOST_CHARACTERS}
 * @param answer the JSON object found in the engine's final text
 * @param schemaErrors where the answer breaks the output schema
 * @param missingArtifacts required artifacts that are not there
 */
public record TurnFacts(
        TurnEnd end,
        SignInSign signIn,
        Closing closing,
        boolean answerTooLarge,
        Optional<Answer> answer,
        List<String> schemaErrors,
        List<String> missingArtifacts) {

    /** Copies the collections and refuses null parts. */
    public TurnFacts {
        Objects.requireNonNull(end);
        Objects.requireNonNull(signIn);
        Objects.requireNonNull(closing);
        Objects.requireNonNull(answer);
        schemaErrors = List.copyOf(schemaErrors);
        missingArtifacts = List.copyOf(missingArtifacts);
    }

    boolean turnFailed() {
        return !end.exitedCleanly() || closing instanceof Closing.Failed || closing instanceof Closing.Missing;
    }

    /** How an engine closed its turn. */
    public sealed interface Closing {
        /** It said that the turn is complete. */
        record Completed() implements Closing {}

        /**
         * It said that the turn failed.
         *
         * @param message in the engine's words
         */
        record Failed(String message) implements Closing {}

        /**
         * It closed its turn for a reason that its driver does not know, so that the answer has to tell.
         *
         * @param reason the engine's word
         */
        record Unclear(String reason) implements Closing {}

        /** It ended without saying any of these. */
        record Missing() implements Closing {}
    }

    /**
     * The JSON object an engine answered with, without the done marker.
     *
     * @param data the object as plain values
     * @param repair what was done to find it
     */
    public record Answer(Map<String, Object> data, RepairLevel repair) {
        /** Refuses null parts. */
        public Answer {
            Objects.requireNonNull(data);
            Objects.requireNonNull(repair);
        }
    }
}
