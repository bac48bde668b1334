package skillrunner.application.model;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import skillrunner.application.background.SingleFlight;
import skillrunner.application.engine.ModelListCommand;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelEntry;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

/**
 * Asks an engine's CLI for the rows of a new snapshot. Stores nothing. A CLI is started once however many ask at the same
 * time. Safe for concurrent use.
 */
public final class SuggestModelSnapshot {
    private final ModelSources sources;
    private final ModelLists lists;
    private final SingleFlight<EngineId, List<ModelEntry>> asking = new SingleFlight<>();

    /**
     * Takes what it asks.
     *
     * @param sources knows which CLI can be asked
     * @param lists asks it
     */
    public SuggestModelSnapshot(ModelSources sources, ModelLists lists) {
        this.sources = Objects.requireNonNull(sources);
        this.lists = Objects.requireNonNull(lists);
    }

    /**
     * Tells whether an engine's CLI can be asked at all.
     *
     * @param engine the engine
     * @return false if {@link #suggest} is always refused
     */
    public boolean isOffered(EngineId engine) {
        return sources.suggestion(engine).isPresent();
    }

    /**
     * Asks the CLI. Blocks the first who asks until it has answered or its time is over; who comes meanwhile is given the
     * same answer later and holds no thread for it.
     *
     * @param engine an engine of this server
     * @return its models in its order, at least one; or a {@link RefusedException} with {@link
     *     ErrorCode#SUGGESTION_UNAVAILABLE} if the CLI can't be asked or named none
     */
    public CompletableFuture<List<ModelEntry>> suggest(EngineId engine) {
        return asking.ask(engine, () -> ask(engine));
    }

    private List<ModelEntry> ask(EngineId engine) {
        ModelListCommand command = sources.suggestion(engine)
                .orElseThrow(() -> unavailable("the " + engine + " CLI can't be asked for its models"));
        ModelLists.Answer answer = lists.ask(engine, command);
        if (answer instanceof ModelLists.Answer.Failed failed) {
            throw unavailable("the " + engine + " CLI did not tell its models: " + failed.reason());
        }
        List<ModelEntry> models = ((ModelLists.Answer.Listed) answer).models();
        if (models.isEmpty()) {
            throw unavailable("the " + engine + " CLI named no models");
        }
        return models;
    }

    private static RefusedException unavailable(String detail) {
        return new RefusedException(ErrorCode.SUGGESTION_UNAVAILABLE, detail);
    }
}
