package skillrunner.oauth;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;

/** What a server does about a sign-in whose access is always about to end: goes on with what was begun, and renews again and again. */
final class RenewalRacer {
    private RenewalRacer() {}

    /** Begins; the arguments are the home and the address by which the provider knows this process. */
    public static void main(String[] args) {
        OAuthSettings settings = new OAuthSettings(
                Map.of(OAuthEndpoint.OPENAI_TOKEN, URI.create(args[1])),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                OAuthSettings.defaults().iflow(),
                Optional.empty(),
                ProxyRules.UNSET);
        OAuthRenewal renewal = OAuthRenewal.of(settings, Path.of(args[0]), Clock.systemUTC());
        renewal.unanswered().forEach(renewal::renew);
        while (!renewal.isRefused(EngineId.CODEX)) {
            renewal.renew(EngineId.CODEX);
            System.out.println("renewed");
        }
        System.out.println("signed out");
    }
}
