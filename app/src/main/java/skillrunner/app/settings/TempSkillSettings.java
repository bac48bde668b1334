package skillrunner.app.settings;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Skills that come with a single request.
 *
 * @param packageBytes how large their package may be; without it, as large as any upload
 * @param sweepInterval how often files are looked for that should be gone; without it, only at the start
 * @param retention how long files stay that no run needs
 */
public record TempSkillSettings(OptionalLong packageBytes, Optional<Duration> sweepInterval, Duration retention) {
    private static final Variable PACKAGE_BYTES = new Variable(
            "TEMP_SKILL_PACKAGE_MAX_BYTES",
            "`20971520`",
            "Limit of the package of a temporary skill, in bytes; more is answered with 400. `0` or less: no limit of its"
                    + " own.");
    private static final Variable INTERVAL = new Variable(
            "TEMP_SKILL_CLEANUP_INTERVAL_HOURS",
            "`12`",
            "How often files of temporary skills are looked for that should be gone, in hours; `0` or less: only at the"
                    + " start.");
    private static final Variable RETENTION = new Variable(
            "TEMP_SKILL_ORPHAN_RETENTION_HOURS",
            "`24`",
            "How old such files must be to be removed, in hours; also those kept by `debug_keep_temp`.");

    static final List<Variable> VARIABLES = List.of(PACKAGE_BYTES, INTERVAL, RETENTION);

    private static final long DEFAULT_BYTES = 20L << 20;
    private static final long MOST_BYTES = 1L << 40;
    private static final long MOST_HOURS = 1_000_000;

    /** Refuses null parts. */
    public TempSkillSettings {
        Objects.requireNonNull(packageBytes);
        Objects.requireNonNull(sweepInterval);
        Objects.requireNonNull(retention);
    }

    static TempSkillSettings read(EnvironmentReader reader) {
        long bytes = reader.number(PACKAGE_BYTES, DEFAULT_BYTES, -MOST_BYTES, MOST_BYTES);
        long interval = reader.number(INTERVAL, 12, -MOST_HOURS, MOST_HOURS);
        return new TempSkillSettings(
                bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty(),
                interval > 0 ? Optional.of(Duration.ofHours(interval)) : Optional.empty(),
                Duration.ofHours(reader.number(RETENTION, 24, 0, MOST_HOURS)));
    }
}
