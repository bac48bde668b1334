package skillrunner.oauth;

import java.util.List;
import java.util.Optional;
import skillrunner.application.signin.SignInDesk;
import skillrunner.application.signin.SignInDriver;
import skillrunner.application.signin.SignInWork;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInPrompt;
import skillrunner.domain.signin.SignInTransport;
import skillrunner.domain.signin.SignInWay;

/** Stores keys of opencode's providers where opencode keeps them. Nobody is asked whether they are good. */
final class ApiKeyDriver implements SignInDriver {
    private final Parts parts;
    private final List<SignInWay> ways;

    ApiKeyDriver(Parts parts) {
        this.parts = parts;
        this.ways = OpencodeProvider.all().stream()
                .filter(it -> it.authMode() == OpencodeProvider.AuthMode.API_KEY)
                .map(it -> new SignInWay(
                        SignInTransport.OAUTH_PROXY,
                        EngineId.OPENCODE,
                        SignInMethod.API_KEY,
                        Optional.of(it.provider())))
                .toList();
    }

    @Override
    public List<SignInWay> ways() {
        return ways;
    }

    @Override
    public SignInWork begin(SignInWay way, SignInDesk desk) {
        desk.asked(SignInPrompt.key(), Optional.empty());
        return new ApiKeySignIn(parts.files(), way.provider().orElseThrow().id(), desk);
    }
}
