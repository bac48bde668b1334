package skillrunner.embedding.settings;

import java.time.Duration;
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
    /** Packages to 20 MiB, a look twice a day, a day for what no run needs. */
    public static final TempSkillSettings USUAL =
            new TempSkillSettings(OptionalLong.of(20L << 20), Optional.of(Duration.ofHours(12)), Duration.ofHours(24));

    /** Refuses null parts. */
    public TempSkillSettings {
        Objects.requireNonNull(packageBytes);
        Objects.requireNonNull(sweepInterval);
        Objects.requireNonNull(retention);
    }
}
