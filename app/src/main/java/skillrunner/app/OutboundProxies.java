package skillrunner.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.oauth.ProxyRules;

/** What a start does about the proxies between this server and the providers. */
final class OutboundProxies {
    private static final Logger LOG = LoggerFactory.getLogger(OutboundProxies.class);

    private OutboundProxies() {}

    /**
     * Lets this process log in at a proxy whose user and password the operator has set, unless he has said otherwise to Java itself, and
     * tells what is used.
     */
    static void prepare(ProxyRules rules) {
        boolean logsIn =
                rules.proxies().stream().anyMatch(proxy -> proxy.login().isPresent());
        if (logsIn && System.getProperty(ProxyRules.LOGINS_KEPT_BACK) == null) {
            System.setProperty(ProxyRules.LOGINS_KEPT_BACK, "");
        }
        rules.proxies().forEach(proxy -> LOG.info("providers are called through {} ({})", proxy, proxy.variable()));
        rules.unusable().forEach(variable -> LOG.warn("{} {}", variable, ProxyRules.NOT_SPOKEN));
    }
}
