package skillrunner.app.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a list of models is kept that the CLI itself tells.
 *
 * @param interval how often it is asked; zero means never again
 * @param limit how long it may take to answer
 * @param atStart whether it is asked when the server starts
 * @param cache file that keeps the last answer
 */
public record LiveModelSettings(Duration interval, Duration limit, boolean atStart, Path cache) {
    private static final Variable INTERVAL = new Variable(
            "OPENCODE_MODELS_REFRESH_INTERVAL_MINUTES",
            "`60`",
            "How often opencode is asked for its models, in minutes; `0` or less means never again.");
    private static final Variable LIMIT = new Variable(
            "OPENCODE_MODELS_PROBE_TIMEOUT_SEC", "`20`", "How long opencode may take to list its models, in seconds.");
    private static final Variable AT_START = new Variable(
            "OPENCODE_MODELS_STARTUP_PROBE",
            "`true`",
            "Whether opencode is asked for its models when the server starts.");
    private static final Variable CACHE = new Variable(
            "OPENCODE_MODELS_CACHE_PATH",
            "`<data>/engine_catalog/opencode_models_cache.json`",
            "File that keeps what opencode said last.");

    static final List<Variable> VARIABLES = List.of(INTERVAL, LIMIT, AT_START, CACHE);

    /** Refuses null parts. */
    public LiveModelSettings {
        Objects.requireNonNull(interval);
        Objects.requireNonNull(limit);
        Objects.requireNonNull(cache);
    }

    static LiveModelSettings read(EnvironmentReader reader, StorageSettings storage) {
        return new LiveModelSettings(
                Duration.ofMinutes(Math.max(0, reader.number(INTERVAL, 60, Integer.MIN_VALUE, Integer.MAX_VALUE))),
                Duration.ofSeconds(reader.number(LIMIT, 20, 1, 3_600)),
                reader.flag(AT_START, true),
                reader.path(CACHE, storage.data().resolve("engine_catalog/opencode_models_cache.json")));
    }
}
