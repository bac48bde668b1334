package skillrunner.app;

import java.nio.file.Files;
import java.nio.file.Path;
import skillrunner.application.engine.EngineRemedies;
import skillrunner.domain.engine.EngineId;

/** What this product offers where an engine can't be used. */
public final class ProductRemedies implements EngineRemedies {
    /**
     * Names the command that installs an engine.
     *
     * @param engine the engine
     * @return a command line for the folder of this installation
     */
    public static String installCommand(EngineId engine) {
        return installCommand(Main.installation(), engine);
    }

    /** Containers and services have the program without the folder of the sources' scripts. */
    static String installCommand(Path installation, EngineId engine) {
        boolean scripts = Files.isRegularFile(installation.resolve("scripts/agent_manager.sh"));
        return (scripts ? "./scripts/agent_manager.sh" : "skill-runner agent-manager") + " --upgrade-engine " + engine;
    }

    @Override
    public String ofMissingCli(EngineId engine) {
        return "Install it with '" + installCommand(engine) + "' or on the page /ui/engines";
    }

    @Override
    public String ofUnknownVersion(EngineId engine) {
        return "Go back to an earlier version on the page /ui/engines, or name a version that is known in"
                + " SKILL_RUNNER_NPM_PACKAGE_"
                + engine.inVariables() + " and upgrade";
    }
}
