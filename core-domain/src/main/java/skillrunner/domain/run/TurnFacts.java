package skillrunner.domain.run;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.interaction.QuestionRules;

/**
 * Everything that is known about a turn after its last process ended; what {@link VerdictPolicy} judges.
 *
 * @param end how it ended
 * @param signIn how surely the engine's output speaks of a missing sign-in
 * @param closing how the engine closed its turn
 * @param answerTooLarge whether the engine's final text was longer than {@link OutputCandidates#MOST_CHARACTERS}
 * @param fileRefusal what the output tells of too large a file that the system refused the engine or a tool of it
 * @param answer the JSON object found in the engine's final text
 * @param schemaErrors where the answer breaks the output schema
 * @param missingArtifacts required artifacts that are not there
 * @param dialogue what is known beside it if the run may ask its user; empty if it may not
 */
public record TurnFacts(
        TurnEnd end,
        SignInSign signIn,
        Closing closing,
        boolean answerTooLarge,
        FileRefusal fileRefusal,
        Optional<Answer> answer,
        List<String> schemaErrors,
        List<String> missingArtifacts,
        Optional<Dialogue> dialogue) {

    /** Copies the collections and refuses null parts. */
    public TurnFacts {
        Objects.requireNonNull(end);
        Objects.requireNonNull(signIn);
        Objects.requireNonNull(closing);
        Objects.requireNonNull(fileRefusal);
        Objects.requireNonNull(answer);
        schemaErrors = List.copyOf(schemaErrors);
        missingArtifacts = List.copyOf(missingArtifacts);
        Objects.requireNonNull(dialogue);
    }

    /**
     * What is known of the turn of a run that may ask nothing.
     *
     * @param end how it ended
     * @param signIn how surely the engine's output speaks of a missing sign-in
     * @param closing how the engine closed its turn
     * @param answerTooLarge whether the engine's final text was too long
     * @param fileRefusal what the output tells of too large a file that the system refused the engine or a tool of it
     * @param answer the JSON object found in the engine's final text
     * @param schemaErrors where the answer breaks the output schema
     * @param missingArtifacts required artifacts that are not there
     */
    public TurnFacts(
            TurnEnd end,
            SignInSign signIn,
            Closing closing,
            boolean answerTooLarge,
            FileRefusal fileRefusal,
            Optional<Answer> answer,
            List<String> schemaErrors,
            List<String> missingArtifacts) {
        this(
                end,
                signIn,
                closing,
                answerTooLarge,
                fileRefusal,
                answer,
                schemaErrors,
                missingArtifacts,
                Optional.empty());
    }

    /**
     * The turn of a run that may ask its user.
     *
     * @param done whether the engine marked its answer as final
     * @param asks whether the engine's answer is a question and nothing else
     * @param asked what is asked if the turn comes to a question; there is always something
     * @param maxAttempt the last turn that may end with a question, if that is limited
     * @param attempt which turn this is
     * @param resumed whether it took an earlier conversation up
     * @param sessionNamed whether the engine named the conversation in this turn
     * @param conversationLost whether it was to take an earlier conversation up, and could not
     * @param kind how an answer is handed over
     * @param resumable whether it can be
     */
    public record Dialogue(
            boolean done,
            boolean asks,
            QuestionRules.Asked asked,
            Optional<Integer> maxAttempt,
            int attempt,
            boolean resumed,
            boolean sessionNamed,
            boolean conversationLost,
            InteractiveProfile.Kind kind,
            boolean resumable) {
        /** Refuses null parts. */
        public Dialogue {
            Objects.requireNonNull(kind);
            Objects.requireNonNull(asked);
            Objects.requireNonNull(maxAttempt);
        }

        boolean isEngineLost() {
            return kind == InteractiveProfile.Kind.STICKY_PROCESS && !resumable;
        }

        boolean isLast() {
            return maxAttempt.filter(most -> attempt >= most).isPresent();
        }
    }

    /** What a program merely says is believed only where something failed. */
    boolean failedForAFile() {
        return switch (end.exitCode()
                .map(FileRefusal::of)
                .orElse(FileRefusal.NONE)
                .or(fileRefusal)) {
            case ENDED -> true;
            case TOLD -> turnFailed();
            case NONE -> false;
        };
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
     * @param done whether it bore the marker
     */
    public record Answer(Map<String, Object> data, RepairLevel repair, boolean done) {
        /** Refuses null parts. */
        public Answer {
            Objects.requireNonNull(data);
            Objects.requireNonNull(repair);
        }

        /**
         * An answer without the marker.
         *
         * @param data the object as plain values
         * @param repair what was done to find it
         */
        public Answer(Map<String, Object> data, RepairLevel repair) {
            this(data, repair, false);
        }
    }
}
