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
}
