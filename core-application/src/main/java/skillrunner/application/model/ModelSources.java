package skillrunner.application.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import skillrunner.application.engine.ModelListCommand;
import skillrunner.application.engine.ModelSource;
import skillrunner.application.engine.ShippedModels;
import skillrunner.domain.engine.EngineId;

/** Which engine's models come from where. Immutable. */
public final class ModelSources {
    private static final ModelSource SNAPSHOTS = new ModelSource.Snapshots(Optional.empty(), ShippedModels.NONE);

    private final Map<EngineId, ModelSource> sources;

    /**
     * Takes what the engines say.
     *
     * @param sources the source of each engine; the models of an engine that is not there come from snapshots
     */
    public ModelSources(Map<EngineId, ModelSource> sources) {
        this.sources = new HashMap<>(sources);
    }

    /**
     * Finds how an engine is asked, if it is one that is asked again and again.
     *
     * @param engine the engine
     * @return its source, or empty if its models come from snapshots
     */
    Optional<ModelSource.Live> live(EngineId engine) {
        return of(engine) instanceof ModelSource.Live live ? Optional.of(live) : Optional.empty();
    }

    /**
     * Finds how an engine proposes the rows of a new snapshot.
     *
     * @param engine the engine
     * @return the command, or empty if it can't
     */
    Optional<ModelListCommand> suggestion(EngineId engine) {
        return of(engine) instanceof ModelSource.Snapshots snapshots ? snapshots.suggestion() : Optional.empty();
    }

    /**
     * Lists the engines that are asked again and again.
     *
     * @return the engines in canonical order
     */
    List<EngineId> liveEngines() {
        return sources.keySet().stream()
                .filter(engine -> live(engine).isPresent())
                .sorted()
                .toList();
    }

    /**
     * Finds the engines whose models come from snapshots.
     *
     * @return those engines in canonical order, with the snapshots there are from the beginning
     */
    public Map<EngineId, ShippedModels> shipped() {
        Map<EngineId, ShippedModels> shipped = new TreeMap<>();
        sources.forEach((engine, source) -> {
            if (source instanceof ModelSource.Snapshots snapshots) {
                shipped.put(engine, snapshots.shipped());
            }
        });
        return shipped;
    }

    private ModelSource of(EngineId engine) {
        return sources.getOrDefault(engine, SNAPSHOTS);
    }
}
