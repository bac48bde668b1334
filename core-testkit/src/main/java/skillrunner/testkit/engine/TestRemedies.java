package skillrunner.testkit.engine;

import skillrunner.application.engine.EngineRemedies;
import skillrunner.domain.engine.EngineId;

/** Sentences that a test knows again. Immutable. */
public final class TestRemedies implements EngineRemedies {
    @Override
    public String ofMissingCli(EngineId engine) {
        return "Install " + engine;
    }

    @Override
    public String ofUnknownVersion(EngineId engine) {
        return "Take another " + engine;
    }
}
