package skillrunner.application.engine;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import skillrunner.domain.engine.EngineId;

/** The engines of this server. Immutable. */
public final class Engines {
    private final List<EngineId> known;
    private final Set<EngineId> inUse;
    private final Map<EngineId, EngineDriver> drivers = new HashMap<>();

    /**
     * Takes stock.
     *
     * @param drivers the drivers that were found
     * @param inUse the engines that may be used for new runs
     * @throws IllegalArgumentException if two drivers claim one engine
     */
    public Engines(Collection<? extends EngineDriver> drivers, Collection<EngineId> inUse) {
        Set<EngineId> names = new TreeSet<>(EngineId.BUILT_IN);
        for (EngineDriver driver : drivers) {
            names.add(driver.engine());
            if (this.drivers.put(driver.engine(), driver) != null) {
                throw new IllegalArgumentException("two drivers for " + driver.engine());
            }
        }
        this.known = List.copyOf(names);
        this.inUse = Set.copyOf(inUse);
    }

    /**
     * Returns every engine there is, used or not.
     *
     * @return the engines in canonical order
     */
    public List<EngineId> known() {
        return known;
    }

    /**
     * Finds the driver for new runs.
     *
     * @param engine the engine
     * @return its driver, or empty if the engine is left out of this server or has no driver
     */
    public Optional<EngineDriver> usable(EngineId engine) {
        return inUse.contains(engine) ? driver(engine) : Optional.empty();
    }

    /**
     * Finds a driver, also of an engine that is no longer in use: a run that started with it is finished with it.
     *
     * @param engine the engine
     * @return its driver, or empty
     */
    public Optional<EngineDriver> driver(EngineId engine) {
        return Optional.ofNullable(drivers.get(engine));
    }

    /**
     * Returns all drivers.
     *
     * @return the drivers, in no particular order
     */
    public Collection<EngineDriver> drivers() {
        return List.copyOf(drivers.values());
    }
}
