package skillrunner.oauth;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Calls a provider in a process of its own: what the JDK reads once can be set there. */
final class ProxiedCaller {
    private ProxiedCaller() {}

    /** Calls; the arguments are the value of {@code HTTPS_PROXY} and the address. Says what came of it. */
    public static void main(String[] args) {
        ProxyRules rules =
                ProxyRules.read(name -> name.equals(ProxyRules.HTTPS) ? Optional.of(args[0]) : Optional.empty());
        try {
            System.out.println(new TokenEndpoint(rules)
                    .postForm(
                            HttpTrace.ofNoSession(Clock.systemUTC()),
                            URI.create(args[1]),
                            new Parameters().with("code", "the-code"),
                            Map.of(),
                            TokenEndpoint.Call.within(Duration.ofSeconds(20))));
        } catch (ProviderException e) {
            System.out.println((e.sent() ? "sent: " : "unsent: ") + e.words());
        }
    }
}
