package skillrunner.app.settings;

import java.time.Duration;
import java.util.List;
import skillrunner.domain.run.RetentionPolicy;
import skillrunner.embedding.settings.RetentionSettings;

/** The variables of how long what runs leave is kept. */
final class RetentionVariables {
    private static final Variable DAYS = new Variable(
            "SKILL_RUNNER_RUN_RETENTION_DAYS",
            "`7`",
            "For how many days a run is kept after its end, and a request that never got its files; 0 for ever.");
    private static final Variable MAX_RUNS = new Variable(
            "SKILL_RUNNER_RUN_RETENTION_MAX_RUNS",
            "`0`",
            "How many runs that have ended are kept; 0 for any number. Those that ended first go first.");
    private static final Variable MAX_BYTES = new Variable(
            "SKILL_RUNNER_RUN_RETENTION_MAX_BYTES",
            "`0`",
            "What the folders of runs that have ended may hold together; 0 for any amount. Those that ended first go first.");
    private static final Variable INTERVAL = new Variable(
            "SKILL_RUNNER_CLEANUP_INTERVAL_HOURS",
            "`12`",
            "How often what was kept long enough is removed; the first time soon after the start. 0 for never.");

    static final List<Variable> VARIABLES = List.of(DAYS, MAX_RUNS, MAX_BYTES, INTERVAL);

    /** So much is for ever, in days or hours. */
    private static final long LONGEST = 365_000;

    private RetentionVariables() {}

    static RetentionSettings read(EnvironmentReader reader) {
        RetentionSettings usual = RetentionSettings.USUAL;
        return new RetentionSettings(
                new RetentionPolicy(
                        Duration.ofDays(reader.number(DAYS, usual.policy().age().toDays(), 0, LONGEST)),
                        reader.number(MAX_RUNS, usual.policy().runs(), 0, Long.MAX_VALUE),
                        reader.number(MAX_BYTES, usual.policy().bytes(), 0, Long.MAX_VALUE)),
                Duration.ofHours(reader.number(INTERVAL, usual.interval().toHours(), 0, LONGEST)));
    }
}
