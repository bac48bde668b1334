package skillrunner.application.upgrade;

import java.time.Instant;
import java.util.Objects;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.upgrade.UpgradeText;

/**
 * What the command of the engine in progress has written so far. Long output is cut by {@link UpgradeText}.
 *
 * @param engine the engine
 * @param stdout the end of its standard output
 * @param stderr the end of its diagnostics
 * @param startedAt when the command was started
 */
public record UpgradeOutput(EngineId engine, String stdout, String stderr, Instant startedAt) {
    /** Cuts long output. */
    public UpgradeOutput {
        Objects.requireNonNull(engine);
        Objects.requireNonNull(startedAt);
        stdout = UpgradeText.capped(stdout);
        stderr = UpgradeText.capped(stderr);
    }
}
