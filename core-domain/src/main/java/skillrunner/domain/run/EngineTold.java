package skillrunner.domain.run;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an engine told of its own work in a turn, beside the answer. It is the engine's word, not proof.
 *
 * @param tokens how many it took; empty if it told none
 * @param models the models that worked for it, in the order in which they were named; none if it named none
 */
public record EngineTold(Optional<TokenCount> tokens, List<String> models) {
    /** An engine that told nothing. */
    public static final EngineTold NOTHING = new EngineTold(Optional.empty(), List.of());

    /** Copies the list and refuses null. */
    public EngineTold {
        Objects.requireNonNull(tokens);
        models = List.copyOf(models);
    }

    /**
     * Fills up what one stream told with what another one did.
     *
     * @param other of the other stream, which counts for what this one does not tell
     * @return both together
     */
    public EngineTold or(EngineTold other) {
        return new EngineTold(tokens.or(other::tokens), models.isEmpty() ? other.models : models);
    }
}
