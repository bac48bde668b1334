package skillrunner.domain.run;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AuthPromptTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Enter the authorization code:",
                "enter  authorization\ncode",
                "Please VISIT THIS URL to sign in",
                "HTTP 401 Unauthorized",
                "error: Missing bearer token",
                "SERVER_OAUTH2_REQUIRED",
                "错误：需要使用服务器 OAuth2 流程"
            })
    void a_sign_of_a_missing_sign_in_is_recognised(String output) {
        assertThat(AuthPrompt.appearsIn(output)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "401 lines written", "authorization code entered", "visited this url", "bearer"})
    void other_words_are_none(String output) {
        assertThat(AuthPrompt.appearsIn(output)).isFalse();
    }
}
