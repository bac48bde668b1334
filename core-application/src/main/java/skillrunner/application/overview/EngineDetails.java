package skillrunner.application.overview;

import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.upgrade.UpgradeStanding;

/**
 * An engine in full.
 *
 * @param overview how it stands
 * @param upgrades how it stands with its upgrades
 * @param modelsError why it did not name its models when it was last asked, if it did not
 */
public record EngineDetails(EngineOverview overview, UpgradeStanding upgrades, Optional<String> modelsError) {
    /** Refuses null parts. */
    public EngineDetails {
        Objects.requireNonNull(overview);
        Objects.requireNonNull(upgrades);
        Objects.requireNonNull(modelsError);
    }

    /**
     * Returns what last went wrong with it.
     *
     * @return the error, or empty if nothing did
     */
    public Optional<String> lastError() {
        return upgrades.lastError().or(() -> modelsError);
    }
}
