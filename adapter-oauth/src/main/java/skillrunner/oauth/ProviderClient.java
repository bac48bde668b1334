package skillrunner.oauth;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client of calls to providers, which knows the way through a proxy. Where the variables name none, those of this Java count. Safe for
 * concurrent use.
 */
final class ProviderClient {
    /** What a proxy answers with that wants to know who it is. No provider may. */
    static final int PROXY_LOGIN = 407;

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private static final String BASIC = "basic";

    /** Begins what the JDK says of a proxy that refuses a tunnel; it has no type of its own. */
    private static final String NO_TUNNEL = "Tunnel failed";

    private final ProxyRules proxies;
    private @Nullable HttpClient made;

    ProviderClient(ProxyRules proxies) {
        this.proxies = proxies;
    }

    /** Makes it at the first call: it reads the certificates of all authorities, and most servers never sign anybody in. */
    synchronized HttpClient http() {
        HttpClient present = made;
        if (present == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NEVER);
            if (!proxies.isUnset()) {
                builder.proxy(new ByRules(proxies));
            }
            present = builder.build();
            made = present;
        }
        return present;
    }

    /** A request that logs in at the proxy of its address, if there is one that asks. The JDK keeps this from everybody else. */
    HttpRequest.Builder request(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        proxies.proxyOf(address)
                .flatMap(ProxyAddress::login)
                .ifPresent(login -> request.header("Proxy-Authorization", login.authorization()));
        return request;
    }

    /** By which way, as half a sentence; empty if there is no proxy on it. */
    String way(URI address) {
        return proxies.proxyOf(address).map(it -> " through " + name(it)).orElse("");
    }

    /** What to do about a proxy that does not let us in. */
    String loginRefused(URI address) {
        Optional<ProxyAddress> proxy = proxies.proxyOf(address);
        String asks = proxy.map(ProviderClient::name).orElse("a proxy") + " asks for a user and a password";
        if (proxy.flatMap(ProxyAddress::login).isEmpty()) {
            return asks;
        }
        return "https".equalsIgnoreCase(address.getScheme()) && keepsLoginsBack()
                ? asks + ", and this Java keeps them back (" + ProxyRules.LOGINS_KEPT_BACK + ")"
                : name(proxy.get()) + " does not take its user and password";
    }

    static boolean isTunnelRefused(Throwable why) {
        return why instanceof IOException && String.valueOf(why.getMessage()).startsWith(NO_TUNNEL);
    }

    /** By the variable, for an address is nobody's who sees a sign-in. */
    private static String name(ProxyAddress proxy) {
        return "the proxy of " + proxy.variable();
    }

    private static boolean keepsLoginsBack() {
        return System.getProperty(ProxyRules.LOGINS_KEPT_BACK, BASIC)
                .toLowerCase(Locale.ROOT)
                .contains(BASIC);
    }

    private static final class ByRules extends ProxySelector {
        private final ProxyRules rules;

        ByRules(ProxyRules rules) {
            this.rules = rules;
        }

        @Override
        public List<Proxy> select(URI target) {
            return List.of(rules.proxyOf(target)
                    .map(it -> new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(it.host(), it.port())))
                    .orElse(Proxy.NO_PROXY));
        }

        /** There is no other to take. */
        @Override
        public void connectFailed(URI target, SocketAddress proxy, IOException why) {}
    }
}
