package skillrunner.domain.signin;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skillrunner.domain.engine.EngineId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static skillrunner.domain.signin.SignInMethod.API_KEY;
import static skillrunner.domain.signin.SignInMethod.AUTH_CODE_OR_URL;
import static skillrunner.domain.signin.SignInMethod.CALLBACK;
import static skillrunner.domain.signin.SignInTransport.CLI_DELEGATE;
import static skillrunner.domain.signin.SignInTransport.OAUTH_PROXY;

class SignInWaysTest {
    private static final SignInProvider OPENAI = new SignInProvider("openai", "OpenAI");
    private static final SignInProvider DEEPSEEK = new SignInProvider("deepseek", "DeepSeek");
    private static final SignInWays WAYS = new SignInWays(List.of(
            SignInWay.of(OAUTH_PROXY, EngineId.CODEX, AUTH_CODE_OR_URL),
            SignInWay.of(OAUTH_PROXY, EngineId.CODEX, CALLBACK),
            SignInWay.of(CLI_DELEGATE, EngineId.GEMINI, AUTH_CODE_OR_URL),
            new SignInWay(OAUTH_PROXY, EngineId.OPENCODE, CALLBACK, Optional.of(OPENAI)),
            new SignInWay(OAUTH_PROXY, EngineId.OPENCODE, API_KEY, Optional.of(DEEPSEEK))));

    @Test
    void a_way_is_found_by_all_its_parts() {
        assertThat(WAYS.find(OAUTH_PROXY, EngineId.CODEX, CALLBACK, Optional.empty()))
                .isPresent();
        assertThat(WAYS.find(CLI_DELEGATE, EngineId.CODEX, CALLBACK, Optional.empty()))
                .isEmpty();
        assertThat(WAYS.find(OAUTH_PROXY, EngineId.CODEX, CALLBACK, Optional.of("openai")))
                .isEmpty();
        assertThat(WAYS.find(OAUTH_PROXY, EngineId.OPENCODE, CALLBACK, Optional.empty()))
                .isEmpty();
        assertThat(WAYS.find(OAUTH_PROXY, EngineId.OPENCODE, API_KEY, Optional.of("deepseek")))
                .isPresent();
        assertThat(WAYS.find(OAUTH_PROXY, EngineId.OPENCODE, CALLBACK, Optional.of("deepseek")))
                .isEmpty();
    }

    @Test
    void menus_are_made_of_them() {
        assertThat(WAYS.engines(OAUTH_PROXY)).containsExactly(EngineId.CODEX, EngineId.OPENCODE);
        assertThat(WAYS.engines(CLI_DELEGATE)).containsExactly(EngineId.GEMINI);
        assertThat(WAYS.methods(OAUTH_PROXY, EngineId.CODEX, Optional.empty()))
                .containsExactly(CALLBACK, AUTH_CODE_OR_URL);
        assertThat(WAYS.providers(EngineId.OPENCODE)).containsExactly(OPENAI, DEEPSEEK);
        assertThat(WAYS.methods(OAUTH_PROXY, EngineId.OPENCODE, Optional.of(DEEPSEEK)))
                .containsExactly(API_KEY);
        assertThat(WAYS.asksForProvider(EngineId.OPENCODE)).isTrue();
        assertThat(WAYS.asksForProvider(EngineId.CODEX)).isFalse();
    }

    @Test
    void what_can_not_be_offered_clearly_is_refused() {
        SignInWay way = SignInWay.of(OAUTH_PROXY, EngineId.CODEX, CALLBACK);
        assertThatIllegalArgumentException().isThrownBy(() -> new SignInWays(List.of(way, way)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SignInWays(
                        List.of(way, new SignInWay(OAUTH_PROXY, EngineId.CODEX, API_KEY, Optional.of(OPENAI)))));
        assertThatIllegalArgumentException().isThrownBy(() -> new SignInProvider("Open AI", "OpenAI"));
    }
}
