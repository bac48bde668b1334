package skillrunner.app.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import skillrunner.embedding.settings.TempSkillSettings;

/** The variables of skills that come with a single request. */
final class TempSkillVariables {
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

    private static final long MOST_BYTES = 1L << 40;
    private static final long MOST_HOURS = 1_000_000;

    private TempSkillVariables() {}

    static TempSkillSettings read(EnvironmentReader reader) {
        TempSkillSettings usual = TempSkillSettings.USUAL;
        long bytes = reader.number(PACKAGE_BYTES, usual.packageBytes().orElse(0), -MOST_BYTES, MOST_BYTES);
        long interval = reader.number(
                INTERVAL, usual.sweepInterval().map(Duration::toHours).orElse(0L), -MOST_HOURS, MOST_HOURS);
        return new TempSkillSettings(
                bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty(),
                interval > 0 ? Optional.of(Duration.ofHours(interval)) : Optional.empty(),
                Duration.ofHours(reader.number(RETENTION, usual.retention().toHours(), 0, MOST_HOURS)));
    }
}
