package skillrunner.embedding.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;

/**
 * Which engines are used and how.
 *
 * @param named the engines in use; without it, all there are
 * @param sandboxed whether the CLIs' own sandboxes are used
 * @param packages npm packages that are installed instead of an engine's own
 * @param variables names of further variables that an engine's runs may see
 * @param upgradeLimit how long the upgrade of one engine may take
 * @param liveModels how lists of models are kept that a CLI itself tells
 */
public record EngineSettings(
        Optional<List<EngineId>> named,
        boolean sandboxed,
        Map<EngineId, String> packages,
        Map<EngineId, List<String>> variables,
        Duration upgradeLimit,
        LiveModelSettings liveModels) {
    /** The upgrade of one engine, as usual. */
    public static final Duration UPGRADE_LIMIT = Duration.ofMinutes(15);

    /** Copies the collections and refuses null parts. */
    public EngineSettings {
        named = named.map(List::copyOf);
        packages = Map.copyOf(packages);
        Map<EngineId, List<String>> copies = new LinkedHashMap<>();
        variables.forEach((engine, names) -> copies.put(engine, List.copyOf(names)));
        variables = Map.copyOf(copies);
        Objects.requireNonNull(upgradeLimit);
        Objects.requireNonNull(liveModels);
    }

    /**
     * As usual: all engines, in their sandboxes.
     *
     * @param liveModels how lists of models are kept that a CLI itself tells
     * @return the settings
     */
    public static EngineSettings usual(LiveModelSettings liveModels) {
        return new EngineSettings(Optional.empty(), true, Map.of(), Map.of(), UPGRADE_LIMIT, liveModels);
    }
}
