package skillrunner.oauth;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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

class GeminiDriverTest extends AtScriptedProvider {
    private static final String TOKEN = "/GOOGLE_TOKEN";
    private static final String USER = "/GEMINI_USER_INFO";
    private static final String CREDENTIALS = ".gemini/oauth_creds.json";
    private static final String ACCOUNTS = ".gemini/google_accounts.json";
    private static final String SETTINGS = ".gemini/settings.json";
    private static final String TOKENS =
            "{\"access_token\":\"fake-access\",\"refresh_token\":\"fake-refresh\",\"scope\":\"s\","
                    + "\"id_token\":\"fake-id\",\"expires_in\":100,\"other\":1}";

    @Test
    void a_browser_signs_gemini_in() throws IOException {
        provider.on(TOKEN, 200, TOKENS).on(USER, 200, "{\"email\":\"someone@example.org\"}");
        SignInSnapshot begun = fixture.start(EngineId.GEMINI, SignInMethod.CALLBACK);
        Map<String, String> query = query(begun);
        assertThat(query)
                .containsEntry("client_id", "gemini-client")
                .containsEntry("response_type", "code")
                .containsEntry("access_type", "offline")
                .containsEntry(
                        "scope",
                        "https://www.googleapis.com/auth/cloud-platform https://www.googleapis.com/auth/userinfo.email"
                                + " https://www.googleapis.com/auth/userinfo.profile")
                .containsEntry("code_challenge_method", "S256")
                .hasSize(8);
        assertThat(query.get("redirect_uri")).matches("http://127\\.0\\.0\\.1:\\d+/oauth2callback");
        assertThat(begun.session().prompt().input()).contains(SignInInputKind.TEXT);

        String page = Browser.get(query.get("redirect_uri") + "?state=" + query.get("state") + "&code=fake-code");
        assertThat(page).startsWith("HTTP/1.1 200");
        SignInSnapshot ended = fixture.find(begun);
        assertThat(ended.session().status()).isEqualTo(SignInStatus.SUCCEEDED);
        assertThat(ended.notes())
                .containsEntry("google_account_email", "s***@example.org")
                .containsEntry("callback_mode", "auto");
        assertThat(fixture.json(CREDENTIALS).toString())
                .isEqualTo(
                        "{\"access_token\":\"fake-access\",\"token_type\":\"Bearer\",\"refresh_token\":\"fake-refresh\","
                                + "\"scope\":\"s\",\"id_token\":\"fake-id\",\"expiry_date\":"
                                + ManualClock.START.plusSeconds(100).toEpochMilli() + "}");
        assertThat(fixture.json(ACCOUNTS).toString()).isEqualTo("{\"active\":\"someone@example.org\",\"old\":[]}");
        assertThat(fixture.json(SETTINGS).toString())
                .isEqualTo("{\"security\":{\"auth\":{\"selectedType\":\"oauth-personal\"}}}");
        assertThat(fixture.mode(CREDENTIALS)).isEqualTo("rw-------");
        Map<String, String> exchange = provider.requests(TOKEN).get(0).form();
        assertThat(exchange)
                .containsEntry("code", "fake-code")
                .containsEntry("client_id", "gemini-client")
                .containsEntry("client_secret", "gemini-secret")
                .containsEntry("redirect_uri", query.get("redirect_uri"))
                .containsEntry("grant_type", "authorization_code")
                .hasSize(6);
        assertThat(new Pkce(exchange.getOrDefault("code_verifier", "")).challenge())
                .isEqualTo(query.get("code_challenge"));
        assertThat(provider.requests(USER).get(0).headers()).containsEntry("authorization", "Bearer fake-access");
        assertThat(fixture.kept() + ended + page)
                .doesNotContain("fake-access", "fake-refresh", "fake-id", "fake-code", "gemini-secret", "someone@");
    }

    @Test
    void a_code_that_a_page_shows_is_typed_here() {
        provider.on(TOKEN, 200, TOKENS).on(USER, 500, "");
        SignInSnapshot begun = fixture.start(EngineId.GEMINI, SignInMethod.AUTH_CODE_OR_URL);
        assertThat(query(begun))
                .containsEntry(
                        "redirect_uri", provider.address("/GEMINI_CODE_PAGE").toString());
        assertThat(begun.session().prompt().input()).contains(SignInInputKind.CODE);
        assertThat(begun.notes())
                .containsEntry("local_callback_listener_started", false)
                .containsEntry("callback_mode", "manual");
        SignInSnapshot ended = fixture.submit(begun, SignInInputKind.CODE, "4%2F0fake+code");
        assertThat(ended.session().status()).isEqualTo(SignInStatus.SUCCEEDED);
        assertThat(provider.requests(TOKEN).get(0).form()).containsEntry("code", "4/0fake+code");
        assertThat(fixture.json(ACCOUNTS).toString()).isEqualTo("{\"active\":null,\"old\":[]}");
        assertThat(ended.notes()).doesNotContainKey("google_account_email");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"ineligibleTiers":[{"reasonCode":"INELIGIBLE_ACCOUNT","reasonMessage":"not <b>you</b>"}]}          | true
                    {"ineligibleTiers":[{"reasonCode":"UNSUPPORTED_LOCATION"}],"allowedTiers":[],"currentTier":null} | true
                    {"ineligibleTiers":[{"reasonCode":"VALIDATION_REQUIRED","validationUrl":"https://x"}]}           | false
                    {"ineligibleTiers":[{"reasonCode":"DASHER_USER"}],"allowedTiers":[{"id":"standard-tier"}]}       | false
                    {"ineligibleTiers":[{"reasonCode":"DASHER_USER"}],"currentTier":{"id":"standard-tier"}}          | false
                    {"ineligibleTiers":"all"}                                                                        | false
                    []                                                                                               | false
                    """)
    void an_account_that_google_does_not_let_in_is_told_to_use_a_key(String answer, boolean refused) {
        provider.on(TOKEN, 200, TOKENS).on(USER, 200, "{}").on("/GEMINI_CODE_ASSIST", 200, answer);
        SignInSnapshot begun = fixture.start(EngineId.GEMINI, SignInMethod.AUTH_CODE_OR_URL);

        SignInSnapshot ended = fixture.submit(begun, SignInInputKind.CODE, "fake-code");

        assertThat(ended.session().status()).isEqualTo(refused ? SignInStatus.FAILED : SignInStatus.SUCCEEDED);
        assertThat(ended.session().error().map(Object::toString).orElse(""))
                .contains(refused ? "GEMINI_API_KEY" : "")
                .doesNotContain("<b>");
        assertThat(fixture.has(CREDENTIALS)).isEqualTo(!refused);
        assertThat(provider.requests("/GEMINI_CODE_ASSIST").get(0).headers())
                .containsEntry("authorization", "Bearer fake-access");
    }

    @Test
    void the_account_before_becomes_an_old_one_and_none_stands_there_twice() {
        fixture.put(ACCOUNTS, "{\"active\":\"first@x\",\"old\":[\"second@x\",\"first@x\",\"third@x\"],\"kept\":1}");
        provider.on(TOKEN, 200, TOKENS).on(USER, 200, "{\"email\":\"second@x\"}");
        signInByCode();
        assertThat(fixture.json(ACCOUNTS).toString())
                .isEqualTo("{\"active\":\"second@x\",\"old\":[\"first@x\",\"third@x\"],\"kept\":1}");
    }

    @Test
    void other_settings_stay_and_settings_that_say_it_keep_their_form() {
        fixture.put(
                SETTINGS,
                "{\"ui\":{\"theme\":\"x\"},\"security\":{\"auth\":{\"selectedType\":\"key\",\"a\":1},\"b\":2}}");
        provider.on(TOKEN, 200, TOKENS).on(USER, 200, "{}");
        signInByCode();
        assertThat(fixture.json(SETTINGS).toString())
                .isEqualTo(
                        "{\"ui\":{\"theme\":\"x\"},\"security\":{\"auth\":{\"selectedType\":\"oauth-personal\",\"a\":1},\"b\":2}}");
        String mine = "{   \"security\":{\"auth\":{\"selectedType\":\"oauth-personal\"}}}";
        fixture.put(SETTINGS, mine);
        signInByCode();
        assertThat(fixture.text(SETTINGS)).isEqualTo(mine);
    }

    @Test
    void one_file_that_can_not_be_read_keeps_all_as_they_are() {
        fixture.put(ACCOUNTS, "[]");
        provider.on(TOKEN, 200, TOKENS).on(USER, 200, "{}");
        assertThat(signInByCode().session().status()).isEqualTo(SignInStatus.FAILED);
        assertThat(fixture.has(SETTINGS)).isFalse();
        assertThat(fixture.has(CREDENTIALS)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = SignInMethod.class,
            names = {"CALLBACK", "AUTH_CODE_OR_URL"})
    void without_a_client_of_the_operator_nothing_begins(SignInMethod method) {
        try (SignInFixture bare = new SignInFixture(folder, OAuthSettings.defaults())) {
            assertThatThrownBy(() -> bare.start(EngineId.GEMINI, method))
                    .isInstanceOfSatisfying(RefusedException.class, it -> {
                        assertThat(it.refusal().code()).isEqualTo(ErrorCode.OAUTH_CLIENT_NOT_CONFIGURED);
                        assertThat(it.refusal().detail()).contains("SKILL_RUNNER_GEMINI_OAUTH_CLIENT_ID");
                    });
            assertThat(bare.signIns.active()).isEmpty();
        }
    }

    @Test
    void a_client_without_a_secret_is_none() {
        assertThatThrownBy(() -> GoogleFlow.configured(Optional.of(new OAuthClient("id", " ")), "X"))
                .isInstanceOf(RefusedException.class);
    }

    private SignInSnapshot signInByCode() {
        return fixture.submit(
                fixture.start(EngineId.GEMINI, SignInMethod.AUTH_CODE_OR_URL), SignInInputKind.CODE, "fake-code");
    }

    private static Map<String, String> query(SignInSnapshot session) {
        return Browser.query(session.session().prompt().address().orElseThrow());
    }
}
