package skillrunner.oauth;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import skillrunner.application.signin.SignInDesk;
import skillrunner.application.signin.SignInDriver;
import skillrunner.application.signin.SignInWork;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInPrompt;
import skillrunner.domain.signin.SignInProvider;
import skillrunner.domain.signin.SignInTransport;
import skillrunner.domain.signin.SignInWay;

/**
 * Signs opencode in to Google as its plugin does. Google always sends the browser to the same port: to a listener, or to nobody, and
 * then the user pastes the address that could not be opened.
 */
final class AntigravityDriver implements SignInDriver {
    private static final String PATH = "/oauth-callback";
    private static final List<String> SCOPES = Stream.concat(
                    GoogleFlow.SCOPES.stream(),
                    Stream.of(
                            "https://www.googleapis.com/auth/cclog",
                            "https://www.googleapis.com/auth/experimentsandconfigs"))
            .toList();

    private final Parts parts;

    AntigravityDriver(Parts parts) {
        this.parts = parts;
    }

    @Override
    public List<SignInWay> ways() {
        SignInProvider google = OpencodeProvider.named("google").provider();
        return Stream.of(SignInMethod.CALLBACK, SignInMethod.AUTH_CODE_OR_URL)
                .map(method ->
                        new SignInWay(SignInTransport.OAUTH_PROXY, EngineId.OPENCODE, method, Optional.of(google)))
                .toList();
    }

    @Override
    public SignInWork begin(SignInWay way, SignInDesk desk) {
        OAuthClient client =
                GoogleFlow.configured(parts.settings().antigravity(), "SKILL_RUNNER_OPENCODE_GOOGLE_OAUTH");
        Optional<LoopbackListener> listener = way.method() == SignInMethod.CALLBACK
                ? Optional.of(parts.listeners().required(OAuthListener.ANTIGRAVITY, PATH))
                : Optional.empty();
        int port = listener.map(LoopbackListener::port).orElseGet(this::portWithoutListener);
        GoogleFlow flow = new GoogleFlow(parts, client, parts.trace(desk), "http://localhost:" + port + PATH);
        StateToken state = StateToken.next(parts.random());
        String page = flow.page(state, SCOPES)
                .with("prompt", "consent")
                .on(parts.settings().address(OAuthEndpoint.GOOGLE_AUTHORIZE))
                .toString();
        return CodeSignIn.begin(
                "antigravity",
                state,
                listener.isPresent(),
                listener,
                SignInPrompt.page(page, SignInInputKind.TEXT),
                (code, noted) -> {
                    GoogleTokens tokens = flow.tokens(code);
                    String refresh = tokens.refresh()
                            .orElseThrow(
                                    () -> new ProviderException("the provider's answer has no refresh_token", 200));
                    Optional<String> address = flow.address(tokens, OAuthEndpoint.ANTIGRAVITY_USER_INFO);
                    return new AntigravityFiles(parts).writing(tokens, refresh, address, noted);
                },
                desk);
    }

    private int portWithoutListener() {
        int set = parts.settings().port(OAuthListener.ANTIGRAVITY);
        return set == 0 ? OAuthListener.ANTIGRAVITY.usual() : set;
    }
}
