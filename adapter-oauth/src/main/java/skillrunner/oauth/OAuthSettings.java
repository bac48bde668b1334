package skillrunner.oauth;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What an operator may set about sign-ins over HTTP.
 *
 * @param addresses those of providers that are replaced; the others stay as they are
 * @param ports those of listeners that are replaced, 0 for any; the others stay as they are
 * @param gemini the client for gemini; without one it can't be signed in here
 * @param antigravity the client for opencode with Google; without one it can't be signed in here
 * @param iflow the client for iFlow
 * @param publicBase the address under which browsers reach this server; if there is one, OpenAI sends them there and not to a
 *     listener
 * @param proxies through which proxy providers are called
 */
public record OAuthSettings(
        Map<OAuthEndpoint, URI> addresses,
        Map<OAuthListener, Integer> ports,
        Optional<OAuthClient> gemini,
        Optional<OAuthClient> antigravity,
        OAuthClient iflow,
        Optional<URI> publicBase,
        ProxyRules proxies) {
    /** The id that iFlow's own CLI has. */
    public static final String IFLOW_CLIENT_ID = "10009311001";

    /** The variable with the id of the client for gemini. */
    public static final String GEMINI_ID_SETTING = "SKILL_RUNNER_GEMINI_OAUTH_CLIENT_ID";

    /** The variable with its secret. */
    public static final String GEMINI_SECRET_SETTING = "SKILL_RUNNER_GEMINI_OAUTH_CLIENT_SECRET";

    private static final int LAST_PORT = 65_535;

    /**
     * Copies the maps.
     *
     * @throws IllegalArgumentException if an address is not one of a web server or a port is none
     */
    public OAuthSettings {
        addresses = Map.copyOf(addresses);
        ports = Map.copyOf(ports);
        Objects.requireNonNull(gemini);
        Objects.requireNonNull(antigravity);
        Objects.requireNonNull(iflow);
        Objects.requireNonNull(publicBase);
        Objects.requireNonNull(proxies);
        addresses.forEach((endpoint, address) -> requireWeb(endpoint.setting(), address));
        publicBase.ifPresent(address -> requireWeb("the public base address", address));
        ports.forEach((listener, port) -> {
            if (port < 0 || port > LAST_PORT) {
                throw new IllegalArgumentException(listener.setting() + " is no port: " + port);
            }
        });
    }

    /**
     * Returns what holds where nothing is set.
     *
     * @return the providers' own addresses and ports, and no client for Google
     */
    public static OAuthSettings defaults() {
        return new OAuthSettings(
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                new OAuthClient(IFLOW_CLIENT_ID, ""),
                Optional.empty(),
                ProxyRules.UNSET);
    }

    URI address(OAuthEndpoint endpoint) {
        return addresses.getOrDefault(endpoint, endpoint.usual());
    }

    int port(OAuthListener listener) {
        return ports.getOrDefault(listener, listener.usual());
    }

    private static void requireWeb(String name, URI address) {
        boolean web = "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
        if (!web || address.getHost() == null || address.getFragment() != null) {
            throw new IllegalArgumentException(name + " is no address of a web server");
        }
    }
}
