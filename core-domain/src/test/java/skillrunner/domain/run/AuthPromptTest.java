package skillrunner.domain.run;

import java.util.List;
import org.junit.jupiter.api.Test;
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
                "Your access token could not be refreshed because your refresh token was already used. Please log out and"
                        + " sign in again.",
                "Your access token could not be refreshed because your refresh token has expired. Please log out and sign in"
                        + " again.",
                "Your authentication token has been invalidated. Please try signing in again.",
                "{\"code\": \"refresh_token_reused\"}",
                "error: token_expired",
                "invalid_grant: Token has been revoked",
                "Incorrect API key provided: sk-***",
                "API key not valid. Please pass a valid API key.",
                "Invalid API key · Please run /login",
                "invalid x-api-key",
                "API Error: status code 401",
                "Request had invalid authentication credentials. UNAUTHENTICATED",
                "Not logged in. Run `codex login`",
                "You are not signed in",
                "session expired",
                "login required",
                "Please re-authenticate to continue",
                "please log in",
                "Please run `codex login`",
                "please first sign in",
                "令牌已过期，请重新登录",
                "登录状态已失效",
                "尚未登录"
            })
    void a_sign_of_a_missing_sign_in_is_recognised(String output) {
        assertThat(AuthPrompt.in(output).isThere()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Enter the authorization code:",
                "Please visit this URL to sign in",
                "unexpected status 401 Unauthorized",
                "please log in; error: Missing bearer token"
            })
    void what_nobody_says_by_the_way_is_a_demand(String output) {
        assertThat(AuthPrompt.in(output)).isEqualTo(SignInSign.DEMAND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"please log in", "the session expired", "login required", "not signed in", "HTTP 401", "请先登录"})
    void what_anybody_may_say_is_a_demand_only_in_a_report_of_a_failure(String output) {
        assertThat(AuthPrompt.in(output)).isEqualTo(SignInSign.WORDS);
        assertThat(AuthPrompt.inReport(output)).isEqualTo(SignInSign.DEMAND);
        assertThat(AuthPrompt.inReport("the model is gone")).isEqualTo(SignInSign.NONE);
    }

    @Test
    void endless_words_are_read_in_no_time() {
        for (String piece : List.of("access_token ", "please run ", "invalid ", "登录 ", "is already ", " ")) {
            assertThat(AuthPrompt.in(piece.repeat(50_000))).isEqualTo(SignInSign.NONE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "401 lines written",
                "authorization code entered",
                "visited this url",
                "bearer",
                "token usage: 401",
                "the session was resumed",
                "an access token was written to the file",
                "the user logged in",
                "status: 4010",
                "rate limit reached, try again later",
                "已登录",
                "stream disconnected before completion",
                "please see the log in /var/log/agent.log",
                "Please read your log in the folder",
                "please check a log in detail"
            })
    void other_words_are_none(String output) {
        assertThat(AuthPrompt.in(output)).isEqualTo(SignInSign.NONE);
    }
}
