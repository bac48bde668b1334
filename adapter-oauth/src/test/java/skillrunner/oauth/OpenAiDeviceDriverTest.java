package skillrunner.oauth;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.application.signin.SignInSnapshot;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInProblem;
import skillrunner.domain.signin.SignInStatus;
import skillrunner.testkit.clock.ManualClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OpenAiDeviceDriverTest extends AtScriptedProvider {
    private static final String START = "/OPENAI_DEVICE_CODE";
    private static final String POLL = "/OPENAI_DEVICE_POLL";
    private static final String TOKEN = "/OPENAI_TOKEN";
    private static final String CODE =
            "{\"device_auth_id\":\"fake-device-id\",\"user_code\":\"ABCD-1234\",\"interval\":2}";
    private static final String AGREED =
            "{\"authorization_code\":\"fake-code-9\",\"code_verifier\":\"fake-verifier-9\"}";
    private static final String TOKENS =
            "{\"id_token\":\"fake-id\",\"access_token\":\"fake-access\",\"refresh_token\":\"fake-refresh\"}";

    @Test
    void a_code_is_shown_and_nothing_is_typed_here() {
        provider.on(START, 200, CODE);
        SignInSnapshot begun = codex();
        assertThat(begun.session().status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(begun.session().prompt().userCode()).contains("ABCD-1234");
        assertThat(begun.session().prompt().verificationAddress())
                .contains(provider.address("/OPENAI_DEVICE_PAGE").toString());
        assertThat(begun.session().prompt().input()).isEmpty();
        assertThatThrownBy(() -> fixture.submit(begun, SignInInputKind.TEXT, "ABCD-1234"))
                .isInstanceOf(RefusedException.class);
        ScriptedProvider.Request request = provider.requests(START).get(0);
        assertThat(request.body()).contains("app_EMoamEEZ73f0CkXaXp7hrann");
        assertThat(request.headers()).containsEntry("user-agent", "codex-cli-rs/skill-runner");
    }

    @Test
    void codex_is_signed_in_once_the_user_has_typed_the_code() {
        provider.on(START, 200, CODE)
                .on(POLL, 403, "{}")
                .on(POLL, 404, "")
                .on(POLL, 200, AGREED)
                .on(TOKEN, 200, TOKENS)
                .on(TOKEN, 500, "");
        SignInSnapshot begun = codex();
        tick(2);
        assertThat(provider.requests(POLL)).hasSize(1);
        tick(1);
        assertThat(provider.requests(POLL)).hasSize(1);
        tick(1);
        assertThat(provider.requests(POLL)).hasSize(2);
        assertThat(fixture.find(begun).session().status()).isEqualTo(SignInStatus.WAITING_USER);
        tick(2);
        assertThat(fixture.find(begun).session().status()).isEqualTo(SignInStatus.SUCCEEDED);
        assertThat(fixture.json(".codex/auth.json").toString())
                .isEqualTo(
                        "{\"OPENAI_API_KEY\":null,\"tokens\":{\"id_token\":\"fake-id\",\"access_token\":\"fake-access\","
                                + "\"refresh_token\":\"fake-refresh\",\"account_id\":null},\"last_refresh\":\""
                                + ManualClock.START.plusSeconds(6) + "\"}");
        assertThat(provider.requests(POLL).get(0).body()).contains("fake-device-id", "ABCD-1234");
        assertThat(provider.requests(TOKEN).get(0).form())
                .containsEntry("code", "fake-code-9")
                .containsEntry("code_verifier", "fake-verifier-9")
                .containsEntry(
                        "redirect_uri",
                        provider.address("/OPENAI_DEVICE_REDIRECT").toString());
        assertThat(fixture.kept() + fixture.find(begun))
                .doesNotContain("fake-access", "fake-refresh", "fake-device-id", "fake-code", "fake-verifier");
        assertThat(fixture.events("session_finished")).hasSize(1);
    }

    @Test
    void one_whose_user_has_just_agreed_stands_in_nobodys_way() {
        provider.on(START, 200, CODE).on(POLL, 200, AGREED).on(TOKEN, 200, TOKENS);
        SignInSnapshot begun = codex();
        assertThat(provider.requests(POLL)).isEmpty();

        SignInSnapshot other = fixture.start(EngineId.OPENCODE, SignInMethod.API_KEY, "deepseek");

        assertThat(fixture.find(begun).session().status()).isEqualTo(SignInStatus.SUCCEEDED);
        assertThat(other.session().status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(fixture.events("forced_poll_for_new_start")).hasSize(1);
    }

    @Test
    void opencode_is_signed_in_as_well() {
        provider.on(START, 200, CODE).on(POLL, 200, AGREED).on(TOKEN, 200, TOKENS);
        SignInSnapshot begun = fixture.start(EngineId.OPENCODE, SignInMethod.AUTH_CODE_OR_URL, "openai");
        tick(2);
        assertThat(fixture.find(begun).session().status()).isEqualTo(SignInStatus.SUCCEEDED);
        assertThat(provider.requests(START).get(0).headers()).containsEntry("user-agent", "opencode/skill-runner");
        assertThat(fixture.json(".local/share/opencode/auth.json").toString())
                .isEqualTo(
                        "{\"openai\":{\"type\":\"oauth\",\"refresh\":\"fake-refresh\",\"access\":\"fake-access\",\"expires\":"
                                + ManualClock.START.plusSeconds(3602).toEpochMilli() + "}}");
    }

    @ParameterizedTest
    @CsvSource({"'\"interval\":\"7\"',7", "'\"interval\":0',1", "'\"other\":0',5", "'\"interval\":\"soon\"',5"})
    void the_provider_says_how_often_it_is_asked(String interval, int seconds) {
        provider.on(START, 200, "{\"device_auth_id\":\"d\",\"usercode\":\"U\"," + interval + "}")
                .on(POLL, 403, "");
        assertThat(codex().session().prompt().userCode()).contains("U");
        tick(seconds - 1);
        assertThat(provider.requests(POLL)).isEmpty();
        tick(1);
        assertThat(provider.requests(POLL)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"429,{}", "200,'{\"user_code\":\"U\"}'", "200,'{\"device_auth_id\":\"d\"}'", "500,''", "0,''"})
    void no_code_no_session(int status, String body) {
        provider.on(START, status, body);
        assertThatThrownBy(this::codex).isInstanceOfSatisfying(RefusedException.class, it -> {
            assertThat(it.refusal().code()).isEqualTo(ErrorCode.PROVIDER_REFUSED);
            assertThat(it.refusal().detail()).contains("another method");
        });
        assertThat(fixture.signIns.active()).isEmpty();
        assertThat(fixture.kept()).isEmpty();
    }

    @Test
    void a_fault_is_borne_three_times_with_longer_waits() {
        provider.on(START, 200, CODE).on(POLL, 500, "{\"error\":\"down\"}");
        SignInSnapshot begun = codex();
        tick(2);
        assertThat(provider.requests(POLL)).hasSize(1);
        tick(4);
        assertThat(provider.requests(POLL)).hasSize(2);
        tick(7);
        assertThat(provider.requests(POLL)).hasSize(2);
        tick(1);
        assertThat(provider.requests(POLL)).hasSize(3);
        assertThat(fixture.find(begun).session().status()).isEqualTo(SignInStatus.WAITING_USER);
        tick(16);
        assertThat(fixture.find(begun).session().error().map(SignInProblem::words))
                .contains("the provider answered 500: down");
        assertThat(fixture.find(begun).session().status()).isEqualTo(SignInStatus.FAILED);
    }

    @Test
    void a_connection_that_breaks_does_not_end_the_session() {
        provider.on(START, 200, CODE).on(POLL, 0, "").on(POLL, 200, AGREED).on(TOKEN, 200, TOKENS);
        SignInSnapshot begun = codex();
        tick(2);
        assertThat(fixture.find(begun).session().status()).isEqualTo(SignInStatus.WAITING_USER);
        tick(4);
        assertThat(fixture.find(begun).session().status()).isEqualTo(SignInStatus.SUCCEEDED);
    }

    @Test
    void a_provider_that_is_asked_too_often_is_asked_less_often() {
        provider.on(START, 200, CODE).on(POLL, 429, "").on(POLL, 403, "");
        codex();
        tick(2);
        tick(6);
        assertThat(provider.requests(POLL)).hasSize(1);
        tick(1);
        assertThat(provider.requests(POLL)).hasSize(2);
        tick(6);
        assertThat(provider.requests(POLL)).hasSize(2);
        tick(1);
        assertThat(provider.requests(POLL)).hasSize(3);
    }

    @Test
    void a_refusal_ends_the_session_at_once() {
        provider.on(START, 200, CODE).on(POLL, 400, "{\"error\":\"expired_token\"}");
        SignInSnapshot begun = codex();
        tick(2);
        assertThat(fixture.find(begun).session().status()).isEqualTo(SignInStatus.FAILED);
        assertThat(fixture.find(begun).session().error().map(SignInProblem::words))
                .contains("the provider answered 400: expired_token");
    }

    private SignInSnapshot codex() {
        return fixture.start(EngineId.CODEX, SignInMethod.AUTH_CODE_OR_URL);
    }

    private void tick(int seconds) {
        IntStream.range(0, seconds).forEach(it -> fixture.tick());
    }
}
