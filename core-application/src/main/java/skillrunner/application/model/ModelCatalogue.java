package skillrunner.application.model;

import java.util.List;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelEntry;

/** The models each engine may be asked for. Implementations are safe for concurrent use. */
public interface ModelCatalogue {
    /**
     * Lists an engine's models.
     *
     * @param engine the engine
     * @return its models, empty if none are known
     */
    List<ModelEntry> models(EngineId engine);

    /**
     * Tells where an engine's models come from.
     *
     * @param engine the engine
     * @return the plain name of the file that serves them; empty if none does or nobody knows
     */
    default Optional<String> servedBy(EngineId engine) {
        return Optional.empty();
    }
}
