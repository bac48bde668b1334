package skillrunner.oauth;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import skillrunner.application.signin.SignInSnapshot;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInStatus;
import skillrunner.testkit.clock.ManualClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AntigravityDriverTest extends AtScriptedProvider {
    private static final String TOKEN = "/GOOGLE_TOKEN";
    private static final String USER = "/ANTIGRAVITY_USER_INFO";
    private static final String AUTH = ".local/share/opencode/auth.json";
    private static final String ACCOUNTS = ".config/opencode/antigravity-accounts.json";
    private static final String TOKENS = "{\"access_token\":\"fake-access\",\"refresh_token\":\"fake-refresh\"}";
    private static final long NOW = ManualClock.START.toEpochMilli();

    @Test
    void a_browser_signs_opencode_in_at_google_with_one_account() throws IOException {
        fixture.put(
                ACCOUNTS, "{\"version\":3,\"accounts\":[{\"email\":\"a@x\"},{\"email\":\"b@x\"}],\"activeIndex\":1}");
        fixture.put(AUTH, "{\"openai\":{\"type\":\"oauth\"}}");
        provider.on(TOKEN, 200, TOKENS).on(USER, 200, "{\"email\":\"someone@example.org\"}");
        SignInSnapshot begun = fixture.start(EngineId.OPENCODE, SignInMethod.CALLBACK, "google");
        Map<String, String> query = query(begun);
        assertThat(query)
                .containsEntry("client_id", "antigravity-client")
                .containsEntry("prompt", "consent")
                .containsEntry("access_type", "offline")
                .containsEntry(
                        "scope",
                        "https://www.googleapis.com/auth/cloud-platform https://www.googleapis.com/auth/userinfo.email"
                                + " https://www.googleapis.com/auth/userinfo.profile https://www.googleapis.com/auth/cclog"
                                + " https://www.googleapis.com/auth/experimentsandconfigs")
                .hasSize(9);
        assertThat(query.get("redirect_uri")).matches("http://localhost:\\d+/oauth-callback");
        Browser.get(query.get("redirect_uri") + "?state=" + query.get("state") + "&code=fake-code");
        SignInSnapshot ended = fixture.find(begun);
        assertThat(ended.session().status()).isEqualTo(SignInStatus.SUCCEEDED);
        assertThat(fixture.json(ACCOUNTS).toString())
                .isEqualTo("{\"version\":4,\"accounts\":[{\"refreshToken\":\"fake-refresh\",\"addedAt\":" + NOW
                        + ",\"lastUsed\":" + NOW
                        + ",\"enabled\":true,\"email\":\"someone@example.org\"}],\"activeIndex\":0,"
                        + "\"activeIndexByFamily\":{\"claude\":0,\"gemini\":0}}");
        assertThat(fixture.json(AUTH).toString())
                .isEqualTo(
                        "{\"openai\":{\"type\":\"oauth\"},\"google\":{\"type\":\"oauth\",\"refresh\":\"fake-refresh|\","
                                + "\"access\":\"fake-access\",\"expires\":" + (NOW + 3_600_000)
                                + ",\"accountId\":\"someone@example.org\"}}");
        assertThat(fixture.mode(ACCOUNTS)).isEqualTo("rw-------");
        assertThat(ended.notes())
                .containsEntry("google_antigravity_single_account_written", true)
                .containsEntry(
                        "google_antigravity_single_account_result",
                        Map.of(
                                "path",
                                ACCOUNTS,
                                "version",
                                4,
                                "accounts_count",
                                1,
                                "active_index",
                                0,
                                "email",
                                "s***@example.org"));
        assertThat(fixture.kept() + ended)
                .doesNotContain("fake-access", "fake-refresh", "fake-code", "antigravity-secret", "someone@");
    }

    @Test
    void without_a_listener_the_address_is_pasted() {
        provider.on(TOKEN, 200, TOKENS).on(USER, 404, "");
        SignInSnapshot begun = fixture.start(EngineId.OPENCODE, SignInMethod.AUTH_CODE_OR_URL, "google");
        Map<String, String> query = query(begun);
        assertThat(query).containsEntry("redirect_uri", "http://localhost:51121/oauth-callback");
        assertThat(begun.session().prompt().input()).contains(SignInInputKind.TEXT);
        assertThat(begun.notes()).containsEntry("local_callback_listener_started", false);
        String pasted = query.get("redirect_uri") + "?code=fake-code&state=" + query.get("state");
        assertThat(fixture.submit(begun, SignInInputKind.TEXT, pasted).session().status())
                .isEqualTo(SignInStatus.SUCCEEDED);
        assertThat(fixture.json(ACCOUNTS).path("accounts").path(0).has("email")).isFalse();
        assertThat(fixture.json(AUTH).path("google").has("accountId")).isFalse();
    }

    @Test
    void without_a_refresh_token_no_file_changes() {
        provider.on(TOKEN, 200, "{\"access_token\":\"fake-access\"}").on(USER, 200, "{}");
        assertThat(pasted().session().status()).isEqualTo(SignInStatus.FAILED);
        assertThat(fixture.has(ACCOUNTS)).isFalse();
        assertThat(fixture.has(AUTH)).isFalse();
    }

    @Test
    void accounts_stay_where_the_credentials_can_not_be_written() {
        fixture.put(ACCOUNTS, "{\"version\":3}");
        fixture.put(AUTH, "broken");
        provider.on(TOKEN, 200, TOKENS).on(USER, 200, "{}");
        assertThat(pasted().session().status()).isEqualTo(SignInStatus.FAILED);
        assertThat(fixture.text(ACCOUNTS)).isEqualTo("{\"version\":3}");
        assertThat(fixture.text(AUTH)).isEqualTo("broken");
    }

    @Test
    void without_a_client_of_the_operator_nothing_begins() {
        try (SignInFixture bare = new SignInFixture(folder, OAuthSettings.defaults())) {
            assertThatThrownBy(() -> bare.start(EngineId.OPENCODE, SignInMethod.CALLBACK, "google"))
                    .isInstanceOfSatisfying(RefusedException.class, it -> {
                        assertThat(it.refusal().code()).isEqualTo(ErrorCode.OAUTH_CLIENT_NOT_CONFIGURED);
                        assertThat(it.refusal().detail()).contains("SKILL_RUNNER_OPENCODE_GOOGLE_OAUTH_CLIENT_SECRET");
                    });
        }
    }

    private SignInSnapshot pasted() {
        return fixture.submit(
                fixture.start(EngineId.OPENCODE, SignInMethod.AUTH_CODE_OR_URL, "google"),
                SignInInputKind.TEXT,
                "fake-code");
    }

    private static Map<String, String> query(SignInSnapshot session) {
        return Browser.query(session.session().prompt().address().orElseThrow());
    }
}
