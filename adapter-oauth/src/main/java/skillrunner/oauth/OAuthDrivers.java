package skillrunner.oauth;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.signin.SignInDriver;

/** All drivers that sign engines in at their providers over HTTP. */
public final class OAuthDrivers {
    private OAuthDrivers() {}

    /**
     * Makes them.
     *
     * @param settings what the operator set
     * @param agentHome the home of the engines, in which they look for their credentials
     * @param clock tells the time
     * @param background gives threads to listeners
     * @return the drivers, in the order of menus; they share a client, so one call for a server is enough
     */
    public static List<SignInDriver> of(
            OAuthSettings settings, Path agentHome, Clock clock, BackgroundTasks background) {
        Parts parts = Parts.of(settings, agentHome, clock, background);
        return List.of(
                new OpenAiBrowserDriver(parts),
                new OpenAiDeviceDriver(parts),
                new GeminiDriver(parts),
                new IflowDriver(parts),
                new AntigravityDriver(parts),
                new ApiKeyDriver(parts));
    }
}
