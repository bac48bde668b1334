package skillrunner.app;

import skillrunner.application.engine.EngineRemedies;
import skillrunner.domain.engine.EngineId;

/** What this product offers where an engine can't be used. */
public final class ProductRemedies implements EngineRemedies {
    @Override
    public String ofMissingCli(EngineId engine) {
        return "Install it with './scripts/agent_manager.sh --upgrade-engine " + engine
                + "' or on the page /ui/engines";
    }

    @Override
    public String ofUnknownVersion(EngineId engine) {
        return "Go back to an earlier version on the page /ui/engines, or name a version that is known in"
                + " SKILL_RUNNER_NPM_PACKAGE_"
                + engine.inVariables() + " and upgrade";
    }
}
