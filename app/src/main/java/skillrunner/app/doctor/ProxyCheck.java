package skillrunner.app.doctor;

import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import skillrunner.oauth.OAuthEndpoint;
import skillrunner.oauth.OAuthSettings;
import skillrunner.oauth.ProxyAddress;
import skillrunner.oauth.ProxyRules;

/** Says by which way this machine calls the providers at which engines are signed in. Calls nobody, and shows no user or password. */
final class ProxyCheck {
    private static final String NAME = "proxy";
    private static final String DIRECTLY = "directly";

    private ProxyCheck() {}

    static Check of(OAuthSettings settings) {
        ProxyRules rules = settings.proxies();
        Map<String, Set<String>> hosts = Arrays.stream(OAuthEndpoint.values())
                .map(endpoint -> settings.addresses().getOrDefault(endpoint, endpoint.usual()))
                .collect(Collectors.groupingBy(
                        address -> way(rules, address),
                        TreeMap::new,
                        Collectors.mapping(URI::getHost, Collectors.toCollection(TreeSet::new))));
        String detail = "providers are called "
                + (hosts.size() == 1
                        ? hosts.keySet().iterator().next()
                        : hosts.entrySet().stream()
                                .map(each -> each.getKey() + " (" + String.join(", ", each.getValue()) + ")")
                                .collect(Collectors.joining(", ")));
        return rules.unusable().isEmpty()
                ? Check.ok(NAME, detail)
                : Check.warning(
                        NAME,
                        detail + "; " + String.join(", ", rules.unusable()) + " " + ProxyRules.NOT_SPOKEN,
                        "set HTTPS_PROXY to an HTTP proxy");
    }

    private static String way(ProxyRules rules, URI address) {
        return rules.proxyOf(address).map(ProxyCheck::shown).orElse(rules.isUnset() ? ofThisJava() : DIRECTLY);
    }

    private static String shown(ProxyAddress proxy) {
        return "through " + proxy + " of " + proxy.variable()
                + (proxy.login().isPresent() ? " with its user and password" : "");
    }

    private static String ofThisJava() {
        String host = System.getProperty("https.proxyHost", "");
        return host.isBlank() ? DIRECTLY : "through " + host + " of Java's https.proxyHost";
    }
}
