package skillrunner.embedding.settings;

import java.time.Duration;
import java.util.Objects;
import skillrunner.domain.run.RetentionPolicy;

/**
 * How long what runs leave is kept.
 *
 * @param policy what goes
 * @param interval how long after one sweep the next one comes; zero for never
 */
public record RetentionSettings(RetentionPolicy policy, Duration interval) {
    /** A week, looked at twice a day. */
    public static final RetentionSettings USUAL =
            new RetentionSettings(new RetentionPolicy(Duration.ofDays(7), 0, 0), Duration.ofHours(12));

    /** Refuses null parts. */
    public RetentionSettings {
        Objects.requireNonNull(policy);
        Objects.requireNonNull(interval);
    }
}
