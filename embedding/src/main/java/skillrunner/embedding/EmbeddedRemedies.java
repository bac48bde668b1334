package skillrunner.embedding;

import skillrunner.application.engine.EngineRemedies;
import skillrunner.domain.engine.EngineId;

/** What helps in a program that has no pages and no commands of ours. */
final class EmbeddedRemedies implements EngineRemedies {
    @Override
    public String ofMissingCli(EngineId engine) {
        return "Upgrade the engine '" + engine + "', which installs its CLI";
    }

    @Override
    public String ofUnknownVersion(EngineId engine) {
        return "Roll the engine '" + engine
                + "' back to an earlier version, or fix the version of its npm package in the settings";
    }
}
