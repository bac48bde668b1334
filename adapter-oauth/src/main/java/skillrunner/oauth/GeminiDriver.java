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

/** Sends the user to Google's page, which sends the browser to a listener or shows a code. */
final class GeminiDriver implements SignInDriver {
    private static final String PATH = "/oauth2callback";

    private final Parts parts;

    GeminiDriver(Parts parts) {
        this.parts = parts;
    }

    @Override
    public List<SignInWay> ways() {
        return List.of(
                SignInWay.of(SignInTransport.OAUTH_PROXY, EngineId.GEMINI, SignInMethod.CALLBACK),
                SignInWay.of(SignInTransport.OAUTH_PROXY, EngineId.GEMINI, SignInMethod.AUTH_CODE_OR_URL));
    }

    @Override
    public SignInWork begin(SignInWay way, SignInDesk desk) {
        OAuthClient client = GoogleFlow.configured(parts.settings().gemini(), "SKILL_RUNNER_GEMINI_OAUTH");
        boolean callback = way.method() == SignInMethod.CALLBACK;
        Optional<LoopbackListener> listener =
                callback ? Optional.of(parts.listeners().required(OAuthListener.GEMINI, PATH)) : Optional.empty();
        String redirect = listener.map(it -> "http://127.0.0.1:" + it.port() + PATH)
                .orElseGet(() ->
                        parts.settings().address(OAuthEndpoint.GEMINI_CODE_PAGE).toString());
        GoogleFlow flow = new GoogleFlow(parts, client, parts.trace(desk), redirect);
        StateToken state = StateToken.next(parts.random());
        String page = flow.page(state, GoogleFlow.SCOPES)
                .on(parts.settings().address(OAuthEndpoint.GOOGLE_AUTHORIZE))
                .toString();
        return CodeSignIn.begin(
                "gemini",
                state,
                listener.isPresent(),
                listener,
                SignInPrompt.page(page, callback ? SignInInputKind.TEXT : SignInInputKind.CODE),
                (code, noted) -> {
                    GoogleTokens tokens = flow.tokens(code);
                    flow.requireEligible(tokens);
                    Optional<String> address = flow.address(tokens, OAuthEndpoint.GEMINI_USER_INFO);
                    address.ifPresent(it -> noted.note("google_account_email", Masked.address(it)));
                    return new GeminiFiles(parts).writing(tokens, address);
                },
                desk);
    }
}
