package skillrunner.app.settings;

import java.util.List;
import java.util.Locale;
import skillrunner.oauth.BadProxyException;
import skillrunner.oauth.ProxyRules;

/** The variables of proxies, which other programs know as well; in small letters, too, as most of those do. */
final class ProxyVariables {
    private static final String LOOPBACK = "This machine is reached without any.";
    private static final Variable HTTPS = new Variable(
            ProxyRules.HTTPS,
            "none",
            "The HTTP proxy to `https://` addresses, such as `http://proxy:3128` or `http://user:password@proxy:3128`. "
                    + LOOPBACK);
    private static final Variable HTTP =
            new Variable(ProxyRules.HTTP, "none", "The HTTP proxy to `http://` addresses.");
    private static final Variable ALL =
            new Variable(ProxyRules.ALL, "none", "The proxy where the one above for an address is unset.");
    private static final Variable NONE_FOR = new Variable(
            ProxyRules.NONE_FOR,
            "none",
            "What is reached without a proxy, separated by commas: names with all below them, IP addresses and blocks of those, such as"
                    + " `10.0.0.0/8`, each with or without a port; `*` for everything.");

    static final List<Variable> VARIABLES = List.of(HTTPS, HTTP, ALL, NONE_FOR);

    private ProxyVariables() {}

    /** The value is told nobody: a password may be in it wherever it is not understood. */
    static ProxyRules read(EnvironmentReader reader) {
        try {
            return ProxyRules.read(name -> reader.text(variable(name)));
        } catch (BadProxyException e) {
            throw new BadSettingException(e.variable(), "***", BadProxyException.ALLOWED);
        }
    }

    private static Variable variable(String name) {
        return VARIABLES.stream()
                .filter(each -> each.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .map(each -> new Variable(name, each.defaultText(), each.meaning()))
                .orElseThrow();
    }
}
