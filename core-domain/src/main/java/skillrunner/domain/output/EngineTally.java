package skillrunner.domain.output;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import skillrunner.domain.run.EngineTold;
import skillrunner.domain.run.TokenCount;

/** Adds up what an engine tells of its own work, event by event from the start. Not safe for concurrent use. */
public final class EngineTally implements Consumer<EngineEvent> {
    /** So many models are kept; an engine uses two or three. */
    static final int MOST_MODELS = 8;

    private final Set<String> models = new LinkedHashSet<>();
    private Optional<TokenCount> tokens = Optional.empty();

    /** Has heard nothing yet. */
    public EngineTally() {}

    @Override
    public void accept(EngineEvent event) {
        if (event instanceof EngineEvent.Usage usage) {
            tokens = Optional.of(count(usage));
        } else if (event instanceof EngineEvent.ModelUsed used && models.size() < MOST_MODELS) {
            models.add(used.model());
        }
    }

    /**
     * Returns what was told so far.
     *
     * @return tokens and models
     */
    public EngineTold told() {
        return new EngineTold(tokens, List.copyOf(models));
    }

    private TokenCount count(EngineEvent.Usage told) {
        TokenCount now = new TokenCount(told.input(), told.cachedInput(), told.output(), told.reasoning());
        return switch (told.span()) {
            case SESSION -> now;
            case STEP, TURN -> tokens.map(now::plus).orElse(now);
        };
    }
}
