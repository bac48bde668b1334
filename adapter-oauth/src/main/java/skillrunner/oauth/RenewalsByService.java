package skillrunner.oauth;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.engine.SignInRenewal;
import skillrunner.application.engine.SignInRenewals;

/**
 * Renews over HTTP for a runner inside another program. Knows the variables of the server: the addresses of providers
 * ({@link OAuthEndpoint#setting()}), the client for gemini and the proxy. Where none is named, those of this Java count. A user and a password
 * reach a proxy only if this Java lets them, for that holds for all of it: see {@code jdk.http.auth.tunneling.disabledSchemes}.
 */
public final class RenewalsByService implements SignInRenewals {
    private static final Logger LOG = LoggerFactory.getLogger(RenewalsByService.class);

    /** Made by the service loader. */
    public RenewalsByService() {}

    @Override
    public SignInRenewal of(String home, Function<String, Optional<String>> variables, Clock clock) {
        Function<String, Optional<String>> set = name -> variables.apply(name).filter(value -> !value.isBlank());
        Map<OAuthEndpoint, URI> addresses = new EnumMap<>(OAuthEndpoint.class);
        for (OAuthEndpoint endpoint : OAuthEndpoint.values()) {
            set.apply(endpoint.setting()).ifPresent(address -> addresses.put(endpoint, URI.create(address)));
        }
        ProxyRules proxies = ProxyRules.read(set);
        proxies.unusable().forEach(name -> LOG.warn("{} {}", name, ProxyRules.NOT_SPOKEN));
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
                        usual.publicBase(),
                        proxies),
                Path.of(home),
                clock);
    }
}
