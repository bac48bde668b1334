package skillrunner.http.signin;

import java.util.Locale;
import java.util.Optional;
import skillrunner.application.engine.Engines;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInTransport;
import skillrunner.domain.signin.SignInWays;
import skillrunner.http.JsonBody;

/**
 * What a client sends to begin a session.
 *
 * @param transport who shall talk to the provider
 * @param engine the engine
 * @param method what the user will do
 * @param provider which provider of an engine that has several
 */
record SignInBody(SignInTransport transport, EngineId engine, SignInMethod method, Optional<String> provider) {
    private static final String TRANSPORT = "transport";
    private static final String ENGINE = "engine";
    private static final String METHOD = "auth_method";
    private static final String PROVIDER = "provider_id";

    /**
     * Reads a body that was sent to the address of a transport.
     *
     * @throws RefusedException with all that is wrong with it
     */
    static SignInBody of(JsonBody body, SignInTransport group, Engines engines, SignInWays ways) {
        String transport = body.requiredText(TRANSPORT);
        if (!transport.isEmpty() && !transport.equals(group.wire())) {
            body.refuse(TRANSPORT, "must be " + group.wire() + " at this address");
        }
        Optional<SignInMethod> method = SignInMethod.parse(body.requiredText(METHOD));
        if (method.isEmpty()) {
            body.refuse(METHOD, "must be callback, auth_code_or_url or api_key");
        }
        return read(body, group, method, engines, ways);
    }

    /**
     * Reads a body that was sent to the address of old, which knows no transport and needs no method.
     *
     * @throws RefusedException with all that is wrong with it
     */
    static SignInBody ofOld(JsonBody body, Engines engines, SignInWays ways) {
        Optional<String> named = body.text(TRANSPORT);
        SignInTransport transport = named.flatMap(SignInTransport::parse).orElse(SignInTransport.OAUTH_PROXY);
        if (named.isPresent() && SignInTransport.parse(named.get()).isEmpty()) {
            body.refuse(TRANSPORT, "must be oauth_proxy or cli_delegate");
        }
        Optional<String> word = body.text(METHOD);
        Optional<SignInMethod> method = word.flatMap(SignInMethod::parse);
        if (word.isPresent() && method.isEmpty()) {
            body.refuse(METHOD, "must be callback, auth_code_or_url or api_key");
        }
        if (!body.text("method").orElse("auth").equals("auth")) {
            body.refuse("method", "must be auth");
        }
        return read(body, transport, method, engines, ways);
    }

    private static SignInBody read(
            JsonBody body, SignInTransport transport, Optional<SignInMethod> method, Engines engines, SignInWays ways) {
        Optional<EngineId> engine = EngineId.parse(
                        body.requiredText(ENGINE).strip().toLowerCase(Locale.ROOT))
                .filter(engines.known()::contains);
        if (engine.isEmpty()) {
            body.refuse(ENGINE, "must be one of " + engines.knownNames());
        }
        Optional<String> provider = body.text(PROVIDER).map(it -> it.strip().toLowerCase(Locale.ROOT));
        engine.ifPresent(it -> judgeProvider(body, it, provider, ways));
        body.refuseIfWrong();
        EngineId known = engine.orElseThrow();
        return new SignInBody(
                transport, known, method.orElseGet(() -> usual(transport, known, provider, ways)), provider);
    }

    private static void judgeProvider(JsonBody body, EngineId engine, Optional<String> provider, SignInWays ways) {
        if (!ways.asksForProvider(engine)) {
            if (provider.isPresent()) {
                body.refuse(PROVIDER, "must not be given for " + engine);
            }
        } else if (provider.isEmpty()) {
            body.refuse(PROVIDER, "is required for " + engine);
        } else if (ways.providers(engine).stream().noneMatch(known -> known.is(provider))) {
            body.refuse(PROVIDER, "is no provider of " + engine);
        }
    }

    /** What is meant where nobody says it: the first that there is. */
    private static SignInMethod usual(
            SignInTransport transport, EngineId engine, Optional<String> provider, SignInWays ways) {
        return ways
                .methods(
                        transport,
                        engine,
                        ways.providers(engine).stream()
                                .filter(known -> known.is(provider))
                                .findFirst())
                .stream()
                .findFirst()
                .orElse(SignInMethod.CALLBACK);
    }
}
