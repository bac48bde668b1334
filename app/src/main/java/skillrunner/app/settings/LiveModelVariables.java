package skillrunner.app.settings;

import java.time.Duration;
import java.util.List;
import skillrunner.embedding.settings.LiveModelSettings;
import skillrunner.embedding.settings.StorageSettings;

/** The variables of lists of models that a CLI itself tells. */
final class LiveModelVariables {
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

    private LiveModelVariables() {}

    static LiveModelSettings read(EnvironmentReader reader, StorageSettings storage) {
        LiveModelSettings usual = LiveModelSettings.usual(storage.data());
        return new LiveModelSettings(
                Duration.ofMinutes(Math.max(
                        0,
                        reader.number(INTERVAL, usual.interval().toMinutes(), Integer.MIN_VALUE, Integer.MAX_VALUE))),
                Duration.ofSeconds(reader.number(LIMIT, usual.limit().toSeconds(), 1, 3_600)),
                reader.flag(AT_START, usual.atStart()),
                reader.path(CACHE, usual.cache()));
    }
}
