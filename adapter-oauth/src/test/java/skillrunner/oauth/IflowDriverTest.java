package skillrunner.oauth;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.application.signin.SignInSnapshot;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInProblem;
import skillrunner.domain.signin.SignInStatus;
import skillrunner.testkit.clock.ManualClock;

import static org.assertj.core.api.Assertions.assertThat;

class IflowDriverTest extends AtScriptedProvider {
    private static final String TOKEN = "/IFLOW_TOKEN";
    private static final String USER = "/IFLOW_USER_INFO";
    private static final String CREDENTIALS = ".iflow/oauth_creds.json";
    private static final String SETTINGS = ".iflow/settings.json";
    private static final String TOKENS =
            "{\"access_token\":\"fake-access\",\"refresh_token\":\"fake-refresh\",\"token_type\":\"bearer\"}";
    private static final String SOMEONE =
            "{\"success\":true,\"data\":{\"apiKey\":\"sk-fake-key\",\"userId\":7,\"userName\":\"Someone\",\"phone\":null}}";

    @Test
    void a_browser_signs_iflow_in() throws IOException {
        provider.on(TOKEN, 200, TOKENS).on(USER, 200, SOMEONE);
        SignInSnapshot begun = fixture.start(EngineId.IFLOW, SignInMethod.CALLBACK);
        Map<String, String> query = query(begun);
        assertThat(query)
                .containsEntry("client_id", "iflow-client")
                .containsEntry("loginMethod", "phone")
                .containsEntry("type", "phone")
                .containsOnlyKeys("client_id", "loginMethod", "type", "redirect", "state");
        assertThat(query.get("redirect")).matches("http://127\\.0\\.0\\.1:\\d+/oauth2callback");
        String page = Browser.get(query.get("redirect") + "?state=" + query.get("state") + "&code=fake-code");
        assertThat(page).startsWith("HTTP/1.1 200");
        SignInSnapshot ended = fixture.find(begun);
        assertThat(ended.session().status()).isEqualTo(SignInStatus.SUCCEEDED);
        assertThat(ended.notes())
                .containsEntry("iflow_api_key_present", true)
                .containsEntry("iflow_user_name", "Someone")
                .containsEntry("local_callback_listener_started", true);
        assertThat(fixture.json(CREDENTIALS).toString())
                .isEqualTo("{\"access_token\":\"fake-access\",\"refresh_token\":\"fake-refresh\",\"expiry_date\":"
                        + ManualClock.START.plusSeconds(3600).toEpochMilli()
                        + ",\"token_type\":\"bearer\",\"scope\":\"\",\"apiKey\":\"sk-fake-key\",\"userId\":\"7\","
                        + "\"userName\":\"Someone\",\"avatar\":\"\",\"email\":\"\",\"phone\":\"\"}");
        assertThat(fixture.json(".iflow/iflow_accounts.json").toString())
                .isEqualTo("{\"active\":null,\"old\":[],\"iflowApiKey\":\"sk-fake-key\"}");
        assertThat(fixture.json(SETTINGS).toString())
                .isEqualTo("{\"selectedAuthType\":\"oauth-iflow\",\"baseUrl\":\"https://apis.iflow.cn/v1\"}");
        assertThat(fixture.mode(CREDENTIALS)).isEqualTo("rw-------");
        assertThat(fixture.mode(".iflow/iflow_accounts.json")).isEqualTo("rw-------");

        ScriptedProvider.Request exchange = provider.requests(TOKEN).get(0);
        assertThat(exchange.form())
                .containsEntry("grant_type", "authorization_code")
                .containsEntry("code", "fake-code")
                .containsEntry("redirect_uri", query.get("redirect"))
                .containsEntry("client_id", "iflow-client")
                .containsEntry("client_secret", "iflow-secret")
                .hasSize(5);
        assertThat(exchange.headers())
                .containsEntry("user-agent", "iFlow-Cli")
                .containsEntry("accept", "application/json")
                .containsEntry(
                        "authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString("iflow-client:iflow-secret".getBytes(StandardCharsets.UTF_8)));
        assertThat(provider.requests(USER).get(0).query()).containsEntry("accessToken", "fake-access");
        assertThat(fixture.kept() + ended + page)
                .contains(USER + " 200")
                .doesNotContain("fake-access", "fake-refresh", "sk-fake", "fake-code", "iflow-secret", "accessToken");
    }

    @Test
    void a_port_that_is_taken_leaves_the_paste() throws IOException {
        provider.on(TOKEN, 200, TOKENS).on(USER, 200, SOMEONE);
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            OAuthSettings usual = provider.settings();
            Map<OAuthListener, Integer> ports = new HashMap<>(usual.ports());
            ports.put(OAuthListener.IFLOW, other.getLocalPort());
            OAuthSettings busy = new OAuthSettings(
                    usual.addresses(),
                    ports,
                    usual.gemini(),
                    usual.antigravity(),
                    usual.iflow(),
                    usual.publicBase(),
                    usual.proxies());
            try (SignInFixture pasted = new SignInFixture(folder, busy)) {
                SignInSnapshot begun = pasted.start(EngineId.IFLOW, SignInMethod.CALLBACK);
                String redirect = "http://localhost:" + other.getLocalPort() + "/oauth2callback";
                assertThat(query(begun)).containsEntry("redirect", redirect);
                assertThat(begun.notes()).containsEntry("local_callback_listener_started", false);
                SignInSnapshot ended = pasted.submit(
                        begun,
                        SignInInputKind.TEXT,
                        redirect + "?code=fake-code&state=" + query(begun).get("state"));
                assertThat(ended.session().status()).isEqualTo(SignInStatus.SUCCEEDED);
                assertThat(ended.notes()).containsEntry("callback_mode", "manual");
            }
        }
    }

    @Test
    void a_page_that_shows_a_code_needs_no_listener() {
        SignInSnapshot begun = fixture.start(EngineId.IFLOW, SignInMethod.AUTH_CODE_OR_URL);
        assertThat(query(begun))
                .containsEntry("redirect", provider.address("/IFLOW_CODE_PAGE").toString());
        assertThat(begun.session().prompt().input()).contains(SignInInputKind.TEXT);
        assertThat(begun.notes()).containsEntry("local_callback_listener_started", false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://mine.example/v1|https://mine.example/v1",
                "http://mine.example|http://mine.example",
                "ftp://mine.example|https://apis.iflow.cn/v1"
            })
    void an_address_of_models_that_somebody_chose_stays(String before, String after) {
        fixture.put(SETTINGS, "{\"baseUrl\":\"" + before + "\",\"selectedAuthType\":\"api\",\"own\":[1]}");
        provider.on(TOKEN, 200, TOKENS).on(USER, 200, SOMEONE);
        assertThat(signInByCode().session().status()).isEqualTo(SignInStatus.SUCCEEDED);
        assertThat(fixture.json(SETTINGS).toString())
                .isEqualTo("{\"baseUrl\":\"" + after + "\",\"selectedAuthType\":\"oauth-iflow\",\"own\":[1]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|{\"success\":false,\"data\":{}}",
                "200|{\"success\":\"true\",\"data\":{}}",
                "200|{\"success\":true}",
                "403|{}"
            })
    void without_a_user_nobody_is_signed_in(int status, String user) {
        provider.on(TOKEN, 200, TOKENS).on(USER, status, user);
        SignInSnapshot ended = signInByCode();
        assertThat(ended.session().status()).isEqualTo(SignInStatus.FAILED);
        assertThat(ended.session().error().orElseThrow().words()).doesNotContain("fake-");
        assertThat(fixture.has(CREDENTIALS)).isFalse();
        assertThat(fixture.has(SETTINGS)).isFalse();
    }

    @Test
    void without_a_refresh_token_nobody_is_signed_in() {
        provider.on(TOKEN, 200, "{\"access_token\":\"fake-access\"}").on(USER, 200, SOMEONE);
        assertThat(signInByCode().session().error().map(SignInProblem::words))
                .contains("the code could not be redeemed: the provider's answer has no refresh_token");
        assertThat(provider.requests(USER)).isEmpty();
    }

    private SignInSnapshot signInByCode() {
        return fixture.submit(
                fixture.start(EngineId.IFLOW, SignInMethod.AUTH_CODE_OR_URL), SignInInputKind.TEXT, "fake-code");
    }

    private static Map<String, String> query(SignInSnapshot session) {
        return Browser.query(session.session().prompt().address().orElseThrow());
    }
}
