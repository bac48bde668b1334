package skillrunner.http.signin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.signin.SignIns;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInProvider;
import skillrunner.domain.signin.SignInTransport;
import skillrunner.domain.signin.SignInWays;
import skillrunner.http.page.Messages;
import skillrunner.http.page.ScriptData;

/**
 * What the page of the engines is given to sign them in: the ways there are, the session that is alive and the words for both. The
 * page offers what the drivers can do and knows no list of its own.
 */
public final class SignInPage {
    private static final String WORDS = "signin.";

    private final SignIns signIns;

    /**
     * Takes the sessions.
     *
     * @param signIns the sessions
     */
    public SignInPage(SignIns signIns) {
        this.signIns = Objects.requireNonNull(signIns);
    }

    /**
     * Returns the transports that can be chosen.
     *
     * @param messages the texts
     * @return all of them, that which is offered first at the beginning
     */
    public List<Transport> transports(Messages messages) {
        return List.of(SignInTransport.values()).stream()
                .map(it -> new Transport(it.wire(), it.slug(), messages.text(WORDS + "transport." + it.wire())))
                .toList();
    }

    /**
     * Returns what the script of the page is given.
     *
     * @param messages the texts
     * @return JSON that can stand inside a script element, whatever a provider or a CLI said
     */
    public String document(Messages messages) {
        SignInWays ways = signIns.ways();
        return ScriptData.of(new Document(
                capabilities(ways),
                ways.providers(EngineId.OPENCODE).stream()
                        .map(it -> Provider.of(it, ways))
                        .toList(),
                SignInJson.Active.of(signIns.active()),
                messages.below(WORDS)));
    }

    private static Map<String, Object> capabilities(SignInWays ways) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (SignInTransport transport : SignInTransport.values()) {
            Map<String, Object> engines = new LinkedHashMap<>();
            for (EngineId engine : ways.engines(transport)) {
                engines.put(
                        engine.wire(),
                        ways.asksForProvider(engine)
                                ? byProvider(ways, transport, engine)
                                : ways.methods(transport, engine, Optional.empty()));
            }
            all.put(transport.wire(), engines);
        }
        return all;
    }

    private static Map<String, List<SignInMethod>> byProvider(
            SignInWays ways, SignInTransport transport, EngineId engine) {
        Map<String, List<SignInMethod>> providers = new LinkedHashMap<>();
        for (SignInProvider provider : ways.providers(engine)) {
            List<SignInMethod> methods = ways.methods(transport, engine, Optional.of(provider));
            if (!methods.isEmpty()) {
                providers.put(provider.id(), methods);
            }
        }
        return providers;
    }

    /**
     * A transport in a list to choose from.
     *
     * @param name its name in bodies
     * @param slug its name in addresses
     * @param label its name for people
     */
    public record Transport(String name, String slug, String label) {}

    private record Document(
            Map<String, Object> authUiCapabilities,
            List<Provider> opencodeAuthProviders,
            Object authSession,
            Map<String, String> texts) {}

    private record Provider(String providerId, String displayName, String authMode) {
        static Provider of(SignInProvider provider, SignInWays ways) {
            boolean byKey = List.of(SignInTransport.values()).stream().anyMatch(transport -> ways.find(
                            transport, EngineId.OPENCODE, SignInMethod.API_KEY, Optional.of(provider.id()))
                    .isPresent());
            return new Provider(provider.id(), provider.name(), byKey ? "api_key" : "oauth");
        }
    }
}
