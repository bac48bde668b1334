package skillrunner.oauth;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Through which proxy an address is reached, by the variables that other programs know as well: {@code HTTPS_PROXY}, {@code HTTP_PROXY},
 * {@code ALL_PROXY} and {@code NO_PROXY}. Each may be written in small letters, and counts more then. This machine is reached without any.
 */
public final class ProxyRules {
    /** The variable for addresses that begin with {@code https://}. */
    public static final String HTTPS = "HTTPS_PROXY";

    /** The variable for those that begin with {@code http://}. */
    public static final String HTTP = "HTTP_PROXY";

    /** The variable for both, where the one above is not set. */
    public static final String ALL = "ALL_PROXY";

    /** The variable for what is reached without one. */
    public static final String NONE_FOR = "NO_PROXY";

    /** The property of Java with the ways to log in at a proxy that are not used for tunnels; read once, with the first client. Unless it is set, Basic is one. */
    public static final String LOGINS_KEPT_BACK = "jdk.http.auth.tunneling.disabledSchemes";

    /** What is told of a proxy of another kind, behind the name of its variable. */
    public static final String NOT_SPOKEN =
            "names a proxy that is none of HTTP; calls to providers do not use it (HTTPS_PROXY=http://... would count)";

    /** Where nothing is set. */
    public static final ProxyRules UNSET = read(name -> Optional.empty());

    private final Optional<ProxyAddress> https;
    private final Optional<ProxyAddress> http;
    private final ProxyExemptions exemptions;
    private final List<String> unusable;

    private ProxyRules(
            Optional<ProxyAddress> https,
            Optional<ProxyAddress> http,
            ProxyExemptions exemptions,
            List<String> unusable) {
        this.https = https;
        this.http = http;
        this.exemptions = exemptions;
        this.unusable = List.copyOf(unusable);
    }

    /**
     * Reads them. A proxy of a kind that is not spoken here, such as SOCKS, counts as none, for other programs of this machine may speak
     * it.
     *
     * @param variables a variable by its name
     * @return the rules
     * @throws BadProxyException if one names what can be no proxy
     */
    public static ProxyRules read(Function<String, Optional<String>> variables) {
        List<String> unusable = new ArrayList<>();
        Optional<ProxyAddress> all = first(variables, ALL, unusable);
        Optional<ProxyAddress> https = first(variables, HTTPS, unusable).or(() -> all);
        Optional<ProxyAddress> http = first(variables, HTTP, unusable).or(() -> all);
        String exempt =
                set(variables, NONE_FOR).map(name -> value(variables, name)).orElse("");
        return new ProxyRules(https, http, ProxyExemptions.of(exempt), unusable);
    }

    /**
     * Says how an address is reached.
     *
     * @param target an absolute address with a host
     * @return the proxy, or empty if there is none for it
     */
    public Optional<ProxyAddress> proxyOf(URI target) {
        return exemptions.cover(target)
                ? Optional.empty()
                : ("http".equalsIgnoreCase(target.getScheme()) ? http : https);
    }

    /**
     * Says whether no proxy is named, so that what this Java was started with counts.
     *
     * @return true if so
     */
    public boolean isUnset() {
        return https.isEmpty() && http.isEmpty();
    }

    /**
     * Returns the proxies, each once.
     *
     * @return at most two
     */
    public List<ProxyAddress> proxies() {
        return Stream.concat(https.stream(), http.stream()).distinct().toList();
    }

    /**
     * Returns the variables that name a proxy of a kind that is not spoken here.
     *
     * @return their names
     */
    public List<String> unusable() {
        return unusable;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProxyRules that
                && https.equals(that.https)
                && http.equals(that.http)
                && exemptions.equals(that.exemptions)
                && unusable.equals(that.unusable);
    }

    @Override
    public int hashCode() {
        return Objects.hash(https, http, exemptions, unusable);
    }

    @Override
    public String toString() {
        return "ProxyRules" + proxies();
    }

    private static Optional<ProxyAddress> first(
            Function<String, Optional<String>> variables, String name, List<String> unusable) {
        Optional<String> set = set(variables, name);
        Optional<ProxyAddress> proxy = set.flatMap(it -> ProxyAddress.read(it, value(variables, it)));
        if (proxy.isEmpty()) {
            set.ifPresent(unusable::add);
        }
        return proxy;
    }

    /** Under which of its two names a variable is set. */
    private static Optional<String> set(Function<String, Optional<String>> variables, String name) {
        return Stream.of(name.toLowerCase(Locale.ROOT), name)
                .filter(each -> !value(variables, each).isEmpty())
                .findFirst();
    }

    private static String value(Function<String, Optional<String>> variables, String name) {
        return variables.apply(name).orElse("").strip();
    }
}
