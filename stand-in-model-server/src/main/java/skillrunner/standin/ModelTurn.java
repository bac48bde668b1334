package skillrunner.standin;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One request of a CLI to its model, in words that fit every vendor.
 *
 * @param conversation tells conversations apart: the CLI's session id where the wire carries one, else a digest of the
 *     first user message
 * @param number counts the model requests of this conversation from 1, this one included; a CLI's retries count. Where
 *     the wire carries no session id and the whole history is in the request (Gemini), it is the number of the model's
 *     earlier answers plus 1, so retries don't count there
 * @param userTexts every user message of the conversation, oldest first; CLIs add messages of their own, for example
 *     about the environment
 * @param toolOutput what the tool printed, present only if this request hands back a tool call's result
 */
public record ModelTurn(String conversation, int number, List<String> userTexts, Optional<String> toolOutput) {

    /** Refuses null parts and numbers below 1. */
    public ModelTurn {
        Objects.requireNonNull(conversation);
        userTexts = List.copyOf(userTexts);
        Objects.requireNonNull(toolOutput);
        if (number < 1) {
            throw new IllegalArgumentException("turns are counted from 1, not " + number);
        }
    }

    /**
     * Returns the newest user message.
     *
     * @return its text, empty text if there is none
     */
    public String lastUserText() {
        return userTexts.isEmpty() ? "" : userTexts.get(userTexts.size() - 1);
    }
}
