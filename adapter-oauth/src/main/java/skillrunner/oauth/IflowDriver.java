package skillrunner.oauth;

import java.util.List;
import java.util.Optional;
import skillrunner.application.signin.SignInDesk;
import skillrunner.application.signin.SignInDriver;
import skillrunner.application.signin.SignInWork;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInPrompt;
import skillrunner.domain.signin.SignInTransport;
import skillrunner.domain.signin.SignInWay;

/**
 * Sends the user to iFlow's page, which sends the browser to a listener or shows a code. It goes on where the port is taken: the user
 * pastes the address to which the browser was sent.
 */
final class IflowDriver implements SignInDriver {
    private static final String PATH = "/oauth2callback";

    private final Parts parts;

    IflowDriver(Parts parts) {
        this.parts = parts;
    }

    @Override
    public List<SignInWay> ways() {
        return List.of(
                SignInWay.of(SignInTransport.OAUTH_PROXY, EngineId.IFLOW, SignInMethod.CALLBACK),
                SignInWay.of(SignInTransport.OAUTH_PROXY, EngineId.IFLOW, SignInMethod.AUTH_CODE_OR_URL));
    }

    @Override
    public SignInWork begin(SignInWay way, SignInDesk desk) {
        boolean callback = way.method() == SignInMethod.CALLBACK;
        Optional<LoopbackListener> listener =
                callback ? parts.listeners().optional(OAuthListener.IFLOW, PATH) : Optional.empty();
        String redirect = callback
                ? listener.map(it -> "http://127.0.0.1:" + it.port() + PATH)
                        .orElseGet(() -> "http://localhost:" + parts.settings().port(OAuthListener.IFLOW) + PATH)
                : parts.settings().address(OAuthEndpoint.IFLOW_CODE_PAGE).toString();
        StateToken state = StateToken.next(parts.random());
        String page = new Parameters()
                .with("client_id", parts.settings().iflow().id())
                .with("loginMethod", "phone")
                .with("type", "phone")
                .with("redirect", redirect)
                .with("state", state.value())
                .on(parts.settings().address(OAuthEndpoint.IFLOW_AUTHORIZE))
                .toString();
        HttpTrace trace = parts.trace(desk);
        return CodeSignIn.begin(
                "iflow",
                state,
                listener.isPresent(),
                listener,
                SignInPrompt.page(page, SignInInputKind.TEXT),
                (code, noted) -> {
                    IflowTokens tokens = IflowTokens.of(code, redirect, parts, trace);
                    noted.note(
                            "iflow_api_key_present",
                            Json.text(tokens.user(), "apiKey").isPresent());
                    Json.text(tokens.user(), "userName")
                            .ifPresent(it -> noted.note("iflow_user_name", Masked.address(it)));
                    return new IflowFiles(parts).writing(tokens);
                },
                desk);
    }
}
