package skillrunner.application.engine;

import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.run.EngineTold;
import skillrunner.domain.run.FileRefusal;
import skillrunner.domain.run.OutputCandidates;
import skillrunner.domain.run.SignInSign;
import skillrunner.domain.run.TurnFacts;

/**
 * What a parser read out of a turn's output.
 *
 * @param finalText the engine's last message to its user that has text, if there was one
 * @param closing how the engine closed its turn
 * @param sessionHandle what resumes the conversation, if the engine named it
 * @param signIn how surely the output speaks of a missing sign-in
 * @param answerTooLarge whether that message is longer than {@link OutputCandidates#MOST_CHARACTERS} and so was not kept
 * @param fileRefusal what the output tells of too large a file that the system refused the engine or a tool of it
 * @param told what the engine told of its own work
 * @param heldBack what the engine told last that it was about to run and did not, in its own words; empty if its last tool ran
 * @param conversationLost whether the turn was to take a conversation up again, and could not
 */
public record TurnOutcome(
        Optional<String> finalText,
        TurnFacts.Closing closing,
        Optional<String> sessionHandle,
        SignInSign signIn,
        boolean answerTooLarge,
        FileRefusal fileRefusal,
        EngineTold told,
        Optional<String> heldBack,
        boolean conversationLost) {
    /**
     * An outcome whose answer, if there is one, could be kept, of an engine that told nothing of its work.
     *
     * @param finalText the engine's last message to its user that has text, if there was one
     * @param closing how the engine closed its turn
     * @param sessionHandle what resumes the conversation, if the engine named it
     * @param signIn how surely the output speaks of a missing sign-in
     */
    public TurnOutcome(
            Optional<String> finalText, TurnFacts.Closing closing, Optional<String> sessionHandle, SignInSign signIn) {
        this(
                finalText,
                closing,
                sessionHandle,
                signIn,
                false,
                FileRefusal.NONE,
                EngineTold.NOTHING,
                Optional.empty(),
                false);
    }

    /** Refuses null parts. */
    public TurnOutcome {
        Objects.requireNonNull(finalText);
        Objects.requireNonNull(closing);
        Objects.requireNonNull(sessionHandle);
        Objects.requireNonNull(signIn);
        Objects.requireNonNull(fileRefusal);
        Objects.requireNonNull(told);
        Objects.requireNonNull(heldBack);
    }

    /**
     * The same of a turn that could not take its conversation up again.
     *
     * @return the outcome
     */
    public TurnOutcome withoutConversation() {
        return new TurnOutcome(
                finalText, closing, sessionHandle, signIn, answerTooLarge, fileRefusal, told, heldBack, true);
    }
}
