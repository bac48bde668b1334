package skillrunner.app;

import java.time.Clock;
import java.util.Map;
import skillrunner.app.settings.EngineVariables;
import skillrunner.application.engine.Engines;
import skillrunner.application.engine.SignInRenewal;
import skillrunner.embedding.engine.EngineParts;
import skillrunner.embedding.engine.EngineProviders;
import skillrunner.embedding.settings.EngineSettings;
import skillrunner.embedding.settings.StorageSettings;

/** What the commands that are no server need that has to do with engines. */
public final class EngineWiring {
    private EngineWiring() {}

    /**
     * Finds the engines on the class path.
     *
     * @param storage where things are kept
     * @param variables which engines are used and how
     * @param environment variables of this process
     * @return the parts
     * @throws skillrunner.app.settings.BadSettingException for the first name that no engine has
     */
    public static EngineParts of(StorageSettings storage, EngineVariables variables, Map<String, String> environment) {
        EngineProviders providers = EngineProviders.load();
        EngineSettings settings = variables.settle(providers.known());
        return EngineParts.of(
                providers.engines(settings), storage, settings, environment, Clock.systemUTC(), SignInRenewal.NONE);
    }

    /**
     * Finds the engines on the class path.
     *
     * @param variables which of them are used
     * @return the engines
     * @throws skillrunner.app.settings.BadSettingException for the first name that no engine has
     */
    public static Engines engines(EngineVariables variables) {
        EngineProviders providers = EngineProviders.load();
        return providers.engines(variables.settle(providers.known()));
    }
}
