package skillrunner.domain.upgrade;

import java.util.Objects;
import java.util.Optional;

/**
 * How the upgrade of one engine ended, and what its command said. Long output is cut by {@link UpgradeText}.
 *
 * @param status how it ended
 * @param stdout the end of its standard output
 * @param stderr the end of its diagnostics; may hold text even if it succeeded
 * @param error a sentence about why it did not succeed
 * @param version the version that is installed now, if that is known
 */
public record EngineUpgradeResult(
        EngineUpgradeStatus status, String stdout, String stderr, Optional<String> error, Optional<String> version) {

    /** Cuts long output. */
    public EngineUpgradeResult {
        Objects.requireNonNull(status);
        Objects.requireNonNull(error);
        Objects.requireNonNull(version);
        stdout = UpgradeText.capped(stdout);
        stderr = UpgradeText.capped(stderr);
    }

    /**
     * The command ended well.
     *
     * @param stdout its standard output
     * @param stderr its diagnostics
     * @param version the version that is installed now, if that is known
     * @return the result
     */
    public static EngineUpgradeResult succeeded(String stdout, String stderr, Optional<String> version) {
        return new EngineUpgradeResult(EngineUpgradeStatus.SUCCEEDED, stdout, stderr, Optional.empty(), version);
    }

    /**
     * The command could not be started, ended badly or was cut off.
     *
     * @param stdout its standard output so far
     * @param stderr its diagnostics so far
     * @param error what happened, as a sentence
     * @param version the version that is installed now, if that is known
     * @return the result
     */
    public static EngineUpgradeResult failed(String stdout, String stderr, String error, Optional<String> version) {
        return new EngineUpgradeResult(EngineUpgradeStatus.FAILED, stdout, stderr, Optional.of(error), version);
    }

    /**
     * The command was never started.
     *
     * @param error why, as a sentence
     * @return the result
     */
    public static EngineUpgradeResult skipped(String error) {
        return new EngineUpgradeResult(EngineUpgradeStatus.SKIPPED, "", "", Optional.of(error), Optional.empty());
    }
}
