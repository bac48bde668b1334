package skillrunner.oauth;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import skillrunner.application.signin.SignInDesk;
import skillrunner.application.signin.SignInDriver;
import skillrunner.application.signin.SignInWork;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInPrompt;
import skillrunner.domain.signin.SignInWay;

/** Sends the user to OpenAI's page, which sends the browser to a listener, or to the server itself where it is public. */
final class OpenAiBrowserDriver implements SignInDriver {
    /** What comes to the server's own port is told by this name. */
    static final String CHANNEL = "openai";

    private static final String PATH = "/auth/callback";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String SCOPE = "openid profile email offline_access";

    private final Parts parts;

    OpenAiBrowserDriver(Parts parts) {
        this.parts = parts;
    }

    @Override
    public List<SignInWay> ways() {
        return Stream.of(OpenAiEngine.values())
                .map(engine -> engine.way(SignInMethod.CALLBACK))
                .toList();
    }

    @Override
    public SignInWork begin(SignInWay way, SignInDesk desk) {
        OpenAiEngine engine = OpenAiEngine.of(way);
        StateToken state = StateToken.next(parts.random());
        Pkce pkce = Pkce.next(parts.random());
        Optional<LoopbackListener> listener =
                parts.settings().publicBase().filter(this::isElsewhere).isPresent()
                        ? Optional.empty()
                        : Optional.of(parts.listeners().required(OAuthListener.OPENAI, PATH));
        String redirect = parts.settings()
                .publicBase()
                .map(OpenAiBrowserDriver::publicRedirect)
                .orElseGet(() -> "http://localhost:"
                        + listener.map(LoopbackListener::port).orElseThrow() + PATH);
        OpenAiExchange exchange = new OpenAiExchange(
                parts.provider(), parts.settings().address(OAuthEndpoint.OPENAI_TOKEN), parts.trace(desk));
        return CodeSignIn.begin(
                CHANNEL,
                state,
                true,
                listener,
                SignInPrompt.page(page(engine, redirect, pkce, state).toString(), SignInInputKind.TEXT),
                (code, noted) -> engine.credentials(exchange.tokens(code, redirect, pkce), exchange, parts),
                desk);
    }

    private URI page(OpenAiEngine engine, String redirect, Pkce pkce, StateToken state) {
        return new Parameters()
                .with("response_type", "code")
                .with("client_id", OpenAiExchange.CLIENT)
                .with("redirect_uri", redirect)
                .with("scope", SCOPE)
                .with("code_challenge", pkce.challenge())
                .with("code_challenge_method", Pkce.METHOD)
                .with("id_token_add_organizations", "true")
                .with("codex_cli_simplified_flow", "true")
                .with("state", state.value())
                .with("originator", engine.originator())
                .on(parts.settings().address(OAuthEndpoint.OPENAI_AUTHORIZE));
    }

    /** An address that leads to the listener's own port is nothing but another name for it. */
    private boolean isElsewhere(URI base) {
        return !LOOPBACK.contains(base.getHost().toLowerCase(Locale.ROOT))
                || base.getPort() != parts.settings().port(OAuthListener.OPENAI);
    }

    /** Operators may have set the address with the path or without it. */
    private static String publicRedirect(URI base) {
        String text = base.toString().replaceAll("/+$", "");
        return text.endsWith(PATH) ? text : text + PATH;
    }
}
