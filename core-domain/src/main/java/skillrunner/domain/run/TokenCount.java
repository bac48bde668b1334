package skillrunner.domain.run;

/**
 * How many tokens a turn took, as far as its engine told.
 *
 * @param input what the model read, with what it knew already
 * @param cachedInput what it knew already
 * @param output what it wrote
 * @param reasoning what it thought
 */
public record TokenCount(long input, long cachedInput, long output, long reasoning) {
    /**
     * Adds up.
     *
     * @param other another count
     * @return both together
     */
    public TokenCount plus(TokenCount other) {
        return new TokenCount(
                input + other.input,
                cachedInput + other.cachedInput,
                output + other.output,
                reasoning + other.reasoning);
    }

    /**
     * Takes an earlier count away from one that went on counting.
     *
     * @param earlier the earlier count
     * @return what came since; this count if it did not go on from the earlier one
     */
    public TokenCount since(TokenCount earlier) {
        boolean wentOn = input >= earlier.input
                && cachedInput >= earlier.cachedInput
                && output >= earlier.output
                && reasoning >= earlier.reasoning;
        return wentOn
                ? new TokenCount(
                        input - earlier.input,
                        cachedInput - earlier.cachedInput,
                        output - earlier.output,
                        reasoning - earlier.reasoning)
                : this;
    }
}
