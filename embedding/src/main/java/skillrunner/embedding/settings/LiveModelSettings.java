package skillrunner.embedding.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How lists of models are kept that a CLI itself tells.
 *
 * @param interval how long after one answer the CLI is asked again; zero for never
 * @param limit how long it may take to answer
 * @param atStart whether it is asked at the start
 * @param cache file that keeps its last answer
 */
public record LiveModelSettings(Duration interval, Duration limit, boolean atStart, Path cache) {
    /** Refuses null parts. */
    public LiveModelSettings {
        Objects.requireNonNull(interval);
        Objects.requireNonNull(limit);
        Objects.requireNonNull(cache);
    }

    /**
     * As usual: every hour and at the start, 20 seconds for an answer.
     *
     * @param data the folder of all state
     * @return the settings
     */
    public static LiveModelSettings usual(Path data) {
        return new LiveModelSettings(
                Duration.ofHours(1),
                Duration.ofSeconds(20),
                true,
                data.resolve("engine_catalog/opencode_models_cache.json"));
    }
}
