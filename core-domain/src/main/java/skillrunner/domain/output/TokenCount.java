package skillrunner.domain.output;

import java.util.Optional;

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
     * Takes what an engine told of its use.
     *
     * @param before what was counted before; empty at the beginning
     * @param told the next that was told
     * @return both together, or the latter alone if it holds all
     */
    public static TokenCount of(Optional<TokenCount> before, EngineEvent.Usage told) {
        TokenCount now = new TokenCount(told.input(), told.cachedInput(), told.output(), told.reasoning());
        return switch (told.span()) {
            case SESSION -> now;
            case STEP, TURN -> before.map(now::plus).orElse(now);
        };
    }

    private TokenCount plus(TokenCount other) {
        return new TokenCount(
                input + other.input,
                cachedInput + other.cachedInput,
                output + other.output,
                reasoning + other.reasoning);
    }
}
