package skillrunner.embedding.engine;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.Engines;
import skillrunner.domain.engine.EngineId;
import skillrunner.embedding.settings.EngineSettings;
import skillrunner.embedding.settings.UnknownEngineException;

/**
 * What is known of engines, whether they are used or not.
 *
 * @param clis their CLIs
 * @param drivers their drivers
 */
public record EngineProviders(List<EngineCli> clis, List<EngineDriver> drivers) {
    /** Copies the lists. */
    public EngineProviders {
        clis = List.copyOf(clis);
        drivers = List.copyOf(drivers);
    }

    /**
     * Finds the engines on the class path of the present thread.
     *
     * @return what was found
     */
    public static EngineProviders load() {
        return new EngineProviders(load(EngineCli.class), load(EngineDriver.class));
    }

    /**
     * Returns every engine there is, used or not.
     *
     * @return the engines in canonical order
     */
    public List<EngineId> known() {
        return new Engines(clis, drivers, Optional.empty()).known();
    }

    /**
     * Chooses the engines of a runner.
     *
     * @param settings which are used and how
     * @return the engines
     * @throws UnknownEngineException if one is named that nobody knows
     */
    public Engines engines(EngineSettings settings) {
        Engines engines = new Engines(clis, drivers, settings.named(), settings.variables());
        settings.named().stream().flatMap(List::stream).forEach(engine -> {
            if (!engines.known().contains(engine)) {
                throw new UnknownEngineException(engine, engines.known());
            }
        });
        return engines;
    }

    private static <T> List<T> load(Class<T> type) {
        return ServiceLoader.load(type).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
