package skillrunner.oauth;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import skillrunner.application.engine.SignInRenewal;
import skillrunner.application.engine.SignInRenewals;

/**
 * Renews over HTTP for a runner inside another program. Knows the variables of the server: the addresses of providers
 * ({@link OAuthEndpoint#setting()}) and the client for gemini.
 */
public final class RenewalsByService implements SignInRenewals {
    /** Made by the service loader. */
    public RenewalsByService() {}

    @Override
    public SignInRenewal of(String home, Function<String, Optional<String>> variables, Clock clock) {
        Function<String, Optional<String>> set = name -> variables.apply(name).filter(value -> !value.isBlank());
        Map<OAuthEndpoint, URI> addresses = new EnumMap<>(OAuthEndpoint.class);
        for (OAuthEndpoint endpoint : OAuthEndpoint.values()) {
            set.apply(endpoint.setting()).ifPresent(address -> addresses.put(endpoint, URI.create(address)));
        }
        OAuthSettings usual = OAuthSettings.defaults();
        return OAuthRenewal.of(
                new OAuthSettings(
                        addresses,
                        usual.ports(),
                        set.apply(OAuthSettings.GEMINI_ID_SETTING)
                                .flatMap(id -> set.apply(OAuthSettings.GEMINI_SECRET_SETTING)
                                        .map(secret -> new OAuthClient(id, secret))),
                        usual.antigravity(),
                        usual.iflow(),
                        usual.publicBase()),
                Path.of(home),
                clock);
    }
}
