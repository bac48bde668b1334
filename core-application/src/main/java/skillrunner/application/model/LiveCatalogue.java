package skillrunner.application.model;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import skillrunner.application.engine.ModelSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.LiveModels;

/**
 * What the engines that are asked for their models last answered. Reading never asks. Where the store can't be written,
 * memory alone remembers. Safe for concurrent use.
 */
public final class LiveCatalogue {
    private static final System.Logger LOG = System.getLogger(LiveCatalogue.class.getName());

    private final LiveModelStore store;
    private final Map<EngineId, LiveModels> current = new ConcurrentHashMap<>();

    /**
     * Takes its store.
     *
     * @param store remembers across restarts
     */
    public LiveCatalogue(LiveModelStore store) {
        this.store = Objects.requireNonNull(store);
    }

    /** Returns what is known; the first time what was stored, else the list that came with the product, which is stored. */
    LiveModels current(EngineId engine, ModelSource.Live source) {
        LiveModels known = current.get(engine);
        return known != null ? known : current.computeIfAbsent(engine, absent -> loaded(engine, source));
    }

    /** Changes what is known. Calls for one engine happen one after another. */
    LiveModels update(EngineId engine, ModelSource.Live source, UnaryOperator<LiveModels> change) {
        current(engine, source);
        return Objects.requireNonNull(
                current.computeIfPresent(engine, (key, known) -> saved(engine, change.apply(known))));
    }

    /** Returns the plain name of what holds an engine's models. */
    String storeName(EngineId engine) {
        return store.name(engine);
    }

    private LiveModels loaded(EngineId engine, ModelSource.Live source) {
        return store.load(engine).orElseGet(() -> saved(engine, LiveModels.seeded(source.seed())));
    }

    private LiveModels saved(EngineId engine, LiveModels models) {
        try {
            store.save(engine, models);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the models of {0} are not remembered: {1}", engine, e.toString());
        }
        return models;
    }
}
