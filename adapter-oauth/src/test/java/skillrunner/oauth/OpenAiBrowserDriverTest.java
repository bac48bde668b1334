package skillrunner.oauth;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.signin.BrowserAnswer;
import skillrunner.application.signin.SignInSnapshot;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInProblem;
import skillrunner.domain.signin.SignInStatus;
import skillrunner.testkit.clock.ManualClock;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OpenAiBrowserDriverTest extends AtScriptedProvider {
    private static final String TOKEN = "/OPENAI_TOKEN";
    private static final String CODEX = ".codex/auth.json";
    private static final String OPENCODE = ".local/share/opencode/auth.json";
    private static final String CODE = "fake-code-17";
    private static final String ID = "h."
            + Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString("{\"https://api.openai.com/auth\":{\"chatgpt_account_id\":\"acc-1\"}}"
                            .getBytes(StandardCharsets.UTF_8))
            + ".s";
    private static final String TOKENS = "{\"id_token\":\"" + ID
            + "\",\"access_token\":\"fake-access\",\"refresh_token\":\"fake-refresh\",\"expires_in\":60}";

    @Test
    void the_page_has_all_that_the_provider_wants_and_no_verifier() {
        SignInSnapshot begun = codex();
        Map<String, String> query = query(begun);
        String redirect = query.getOrDefault("redirect_uri", "");
        assertThat(redirect).matches("http://localhost:\\d+/auth/callback");
        assertThat(query)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "app_EMoamEEZ73f0CkXaXp7hrann")
                .containsEntry("scope", "openid profile email offline_access")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("id_token_add_organizations", "true")
                .containsEntry("codex_cli_simplified_flow", "true")
                .containsEntry("originator", "codex_cli_rs")
                .hasSize(10);
        assertThat(query.get("state")).hasSize(43);
        assertThat(begun.session().status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(begun.session().prompt().input()).contains(SignInInputKind.TEXT);
        assertThat(begun.session().prompt().userCode()).isEmpty();
        assertThat(begun.notes())
                .containsEntry("local_callback_listener_started", true)
                .containsEntry("callback_mode", "auto");
    }

    @Test
    void a_browser_signs_codex_in() throws IOException {
        provider.on(TOKEN, 200, TOKENS).on(TOKEN, 200, "{\"access_token\":\"sk-fake-api-key\"}");
        SignInSnapshot begun = codex();
        String page = Browser.get(callback(begun, "&code=" + CODE));
        assertThat(page).startsWith("HTTP/1.1 200").contains("Signed in");
        SignInSnapshot ended = fixture.find(begun);
        assertThat(ended.session().status()).isEqualTo(SignInStatus.SUCCEEDED);
        assertThat(ended.session().calledBackAt()).isPresent();
        assertThat(ended.session().pastedByHand()).isFalse();
        assertThat(ended.notes()).containsEntry("callback_mode", "auto").containsEntry("auto_callback_success", true);

        JsonNode auth = fixture.json(CODEX);
        assertThat(auth.toString())
                .isEqualTo("{\"OPENAI_API_KEY\":\"sk-fake-api-key\",\"tokens\":{\"id_token\":\"" + ID
                        + "\",\"access_token\":\"fake-access\",\"refresh_token\":\"fake-refresh\",\"account_id\":\"acc-1\"},"
                        + "\"last_refresh\":\"" + ManualClock.START + "\"}");
        assertThat(fixture.mode(CODEX)).isEqualTo("rw-------");

        Map<String, String> exchange = provider.requests(TOKEN).get(0).form();
        assertThat(exchange)
                .containsEntry("grant_type", "authorization_code")
                .containsEntry("code", CODE)
                .containsEntry("redirect_uri", query(begun).get("redirect_uri"))
                .containsEntry("client_id", "app_EMoamEEZ73f0CkXaXp7hrann")
                .hasSize(5);
        String verifier = exchange.getOrDefault("code_verifier", "");
        assertThat(verifier).hasSize(86);
        assertThat(new Pkce(verifier).challenge()).isEqualTo(query(begun).get("code_challenge"));
        assertThat(provider.requests(TOKEN).get(1).form())
                .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
                .containsEntry("requested_token", "openai-api-key")
                .containsEntry("subject_token", ID)
                .containsEntry("subject_token_type", "urn:ietf:params:oauth:token-type:id_token")
                .hasSize(5);
        assertThat(fixture.kept() + ended + page)
                .doesNotContain("fake-access", "fake-refresh", "sk-fake", CODE, verifier, ID);
        assertThat(fixture.kept()).contains("POST " + provider.address(TOKEN).getAuthority() + TOKEN + " 200");
    }

    @Test
    void codex_is_signed_in_though_there_is_no_key_to_have() throws IOException {
        provider.on(TOKEN, 200, TOKENS).on(TOKEN, 403, "{}");
        SignInSnapshot begun = codex();
        Browser.get(callback(begun, "&code=" + CODE));
        assertThat(fixture.find(begun).session().status()).isEqualTo(SignInStatus.SUCCEEDED);
        assertThat(fixture.json(CODEX).path("OPENAI_API_KEY").isNull()).isTrue();
    }

    @Test
    void a_browser_signs_opencode_in_beside_its_other_providers() throws IOException {
        fixture.put(OPENCODE, "{\"deepseek\":{\"type\":\"api\",\"key\":\"k\"}}");
        provider.on(TOKEN, 200, TOKENS);
        SignInSnapshot begun = fixture.start(EngineId.OPENCODE, SignInMethod.CALLBACK, "openai");
        assertThat(query(begun)).containsEntry("originator", "opencode");
        Browser.get(callback(begun, "&code=" + CODE));
        assertThat(fixture.find(begun).session().status()).isEqualTo(SignInStatus.SUCCEEDED);
        assertThat(fixture.json(OPENCODE).toString())
                .isEqualTo(
                        "{\"deepseek\":{\"type\":\"api\",\"key\":\"k\"},\"openai\":{\"type\":\"oauth\",\"refresh\":\"fake-refresh\","
                                + "\"access\":\"fake-access\",\"expires\":"
                                + ManualClock.START.plusSeconds(60).toEpochMilli() + ",\"accountId\":\"acc-1\"}}");
        assertThat(provider.requests(TOKEN)).hasSize(1);
    }

    @Test
    void an_answer_counts_once_and_then_the_listener_is_gone() throws IOException {
        provider.on(TOKEN, 200, TOKENS);
        SignInSnapshot begun = codex();
        String address = callback(begun, "&code=" + CODE);
        Browser.get(address);
        assertThat(Browser.get(address)).startsWith("HTTP/1.1 400");
        assertThat(fixture.signIns.callBack(answer(begun, Optional.of(CODE)))).isEmpty();
        assertThat(provider.requests(TOKEN)).hasSize(2);
        fixture.tick();
        assertThat(Browser.isOpen(
                        InetAddress.getLoopbackAddress(), URI.create(address).getPort()))
                .isFalse();
        assertThat(fixture.events("session_finished")).hasSize(1);
    }

    @Test
    void the_servers_own_port_takes_the_answer_as_well() {
        provider.on(TOKEN, 200, TOKENS);
        SignInSnapshot begun = codex();
        assertThat(fixture.signIns.callBack(
                        new BrowserAnswer("gemini", state(begun), Optional.of(CODE), Optional.empty())))
                .isEmpty();
        assertThat(fixture.signIns.callBack(new BrowserAnswer("openai", "other", Optional.of(CODE), Optional.empty())))
                .isEmpty();
        assertThat(fixture.signIns
                        .callBack(answer(begun, Optional.of(CODE)))
                        .orElseThrow()
                        .session()
                        .status())
                .isEqualTo(SignInStatus.SUCCEEDED);
    }

    @Test
    void what_does_not_belong_to_the_session_changes_nothing() throws IOException {
        SignInSnapshot begun = codex();
        URI redirect = URI.create(query(begun).getOrDefault("redirect_uri", ""));
        InetAddress loopback = InetAddress.getLoopbackAddress();
        String right = "/auth/callback?state=" + state(begun) + "&code=" + CODE;
        String host = redirect.getAuthority();
        int port = redirect.getPort();
        assertThat(Browser.get(redirect + "?code=x")).startsWith("HTTP/1.1 400");
        assertThat(Browser.get(redirect + "?code=x&state=guess")).startsWith("HTTP/1.1 400");
        assertThat(Browser.send(loopback, port, "GET", "/other" + right, host)).startsWith("HTTP/1.1 404");
        assertThat(Browser.send(loopback, port, "POST", right, host)).startsWith("HTTP/1.1 405");
        assertThat(Browser.send(loopback, port, "HEAD", right, host)).startsWith("HTTP/1.1 405");
        assertThat(Browser.send(loopback, port, "GET", right, "evil.example")).startsWith("HTTP/1.1 400");
        assertThat(Browser.send(loopback, port, "GET", right, "evil.example:" + port))
                .startsWith("HTTP/1.1 400");
        assertThat(fixture.find(begun).session().status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(fixture.find(begun).session().calledBackAt()).isEmpty();
        assertThat(provider.requests(TOKEN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:80",
                "localhost:PORT.evil.example",
                "localhost:PORT@evil.example",
                "evil.example#localhost:PORT",
                "localhost.:PORT",
                "127.1:PORT",
                "127.0.0.1:0PORT",
                "localhost:PORT\r\nHost: evil.example",
                "evil.example\r\nHost: localhost:PORT",
                "evil.example\r\nX-Forwarded-Host: localhost:PORT",
            })
    void whoever_calls_the_listener_by_another_name_changes_nothing(String host) throws IOException {
        SignInSnapshot begun = codex();
        int port = URI.create(query(begun).getOrDefault("redirect_uri", "")).getPort();

        String answer = Browser.send(
                InetAddress.getLoopbackAddress(),
                port,
                "GET",
                "/auth/callback?state=" + state(begun) + "&code=" + CODE,
                host.replace("PORT", Integer.toString(port)));

        assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("evil");
        assertThat(fixture.find(begun).session().status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(provider.requests(TOKEN)).isEmpty();
    }

    @Test
    void a_query_that_is_huge_and_one_of_a_sign_in_before_change_nothing() throws IOException {
        SignInSnapshot before = codex();
        String former = state(before);
        fixture.cancel(before);
        SignInSnapshot begun = codex();

        assertThat(Browser.get(callback(begun, "&code=" + "c".repeat(20_000)))).startsWith("HTTP/1.1 414");
        assertThat(Browser.get(callback(begun, "&code=" + CODE).replace(state(begun), former)))
                .startsWith("HTTP/1.1 400");

        assertThat(fixture.find(begun).session().status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(fixture.find(begun).session().calledBackAt()).isEmpty();
        assertThat(provider.requests(TOKEN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
                "%22%3E%3Csvg%2Fonload%3Dalert(1)%3E",
                "'%3E%3C%2Fp%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E",
                "%26lt%3Bscript%26gt%3B",
                "%E2%80%AE%3Cb%3E",
            })
    void whatever_stands_in_an_error_is_shown_as_text(String error) throws IOException {
        String page = Browser.get(callback(codex(), "&error=" + error + "&error_description=%3Ci%3E"));

        assertThat(page)
                .startsWith("HTTP/1.1 400")
                .contains("Content-security-policy: default-src 'none'", "X-content-type-options: nosniff");
        String shown = page.substring(page.indexOf("<body>")).replaceAll("</?(?:html|body|h1|p)>", "");
        assertThat(shown).doesNotContain("<", ">", "\"", "'");
    }

    @Test
    void the_listener_is_on_loopback_only() throws IOException {
        int port = URI.create(query(codex()).getOrDefault("redirect_uri", "")).getPort();
        for (InetAddress each :
                InetAddress.getAllByName(InetAddress.getLocalHost().getHostName())) {
            assertThat(!each.isLoopbackAddress() && Browser.isOpen(each, port)).isFalse();
        }
    }

    @Test
    void an_error_of_the_provider_ends_the_session_and_is_shown_as_text() throws IOException {
        SignInSnapshot begun = codex();
        String page = Browser.get(callback(begun, "&error=access_denied%3Cscript%3E"));
        assertThat(page)
                .startsWith("HTTP/1.1 400")
                .contains("access_denied&lt;script&gt;")
                .doesNotContain("<script>");
        assertThat(fixture.find(begun).session().status()).isEqualTo(SignInStatus.FAILED);
        assertThat(fixture.find(begun).session().error().map(SignInProblem::words))
                .contains("the provider refused: access_denied<script>");
    }

    @Test
    void an_answer_without_a_code_ends_the_session() throws IOException {
        SignInSnapshot begun = codex();
        assertThat(Browser.get(callback(begun, ""))).startsWith("HTTP/1.1 400");
        assertThat(fixture.find(begun).session().status()).isEqualTo(SignInStatus.FAILED);
        assertThat(fixture.find(begun).session().calledBackAt()).isPresent();
    }

    @Test
    void a_refused_code_ends_the_session_and_no_secret_is_told() throws IOException {
        provider.on(
                TOKEN,
                400,
                "{\"error\":\"invalid_grant\",\"error_description\":\"" + CODE
                        + " is used\\nup\",\"access_token\":\"fake-access\"}");
        SignInSnapshot begun = codex();
        assertThat(Browser.get(callback(begun, "&code=" + CODE))).startsWith("HTTP/1.1 400");
        SignInSnapshot ended = fixture.find(begun);
        assertThat(ended.session().status()).isEqualTo(SignInStatus.FAILED);
        assertThat(ended.session().error().map(SignInProblem::words))
                .contains("the code could not be redeemed: the provider answered 400: invalid_grant: *** is used up");
        assertThat(ended.notes()).containsEntry("auto_callback_success", false);
        assertThat(fixture.has(CODEX)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "no json",
                "{\"id_token\":\"\",\"access_token\":\"a\",\"refresh_token\":\"r\"}",
                "{\"id_token\":\"i\",\"access_token\":\"fake\\nb\",\"refresh_token\":\"r\"}"
            })
    void tokens_that_are_missing_end_the_session(String tokens) {
        provider.on(TOKEN, 200, tokens);
        SignInSnapshot begun = codex();
        assertThat(fixture.submit(begun, SignInInputKind.TEXT, CODE).session().status())
                .isEqualTo(SignInStatus.FAILED);
        assertThat(fixture.has(CODEX)).isFalse();
    }

    @Test
    void a_redirect_of_the_token_endpoint_is_not_followed() {
        provider.on(TOKEN, 307, "");
        assertThat(fixture.submit(codex(), SignInInputKind.TEXT, CODE)
                        .session()
                        .error()
                        .orElseThrow()
                        .words())
                .contains("307");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:1455/auth/callback?code=CODE&state=STATE",
                "?code=CODE",
                "code=CODE&state=STATE",
                "CODE"
            })
    void an_answer_is_pasted_in_many_forms(String form) {
        provider.on(TOKEN, 200, TOKENS);
        SignInSnapshot begun = codex();
        SignInSnapshot ended = fixture.submit(
                begun, SignInInputKind.CODE, form.replace("CODE", CODE).replace("STATE", state(begun)));
        assertThat(ended.session().status()).isEqualTo(SignInStatus.SUCCEEDED);
        assertThat(ended.session().pastedByHand()).isTrue();
        assertThat(ended.notes())
                .containsEntry("callback_mode", "manual")
                .containsEntry("auto_callback_success", false);
        assertThat(provider.requests(TOKEN).get(0).form()).containsEntry("code", CODE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:1455/auth/callback?code=c&state=other",
                "http://localhost:1455/auth/callback",
                "http://localhost:1455/auth/callback?error=access_denied",
                "two words",
                " "
            })
    void what_can_be_no_answer_is_refused_and_the_session_goes_on(String pasted) {
        SignInSnapshot begun = codex();
        assertThatThrownBy(() -> fixture.submit(begun, SignInInputKind.TEXT, pasted))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        it -> assertThat(it.refusal().code()).isEqualTo(ErrorCode.INPUT_REFUSED));
        assertThat(fixture.find(begun).session().status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(provider.requests(TOKEN)).isEmpty();
    }

    @Test
    void a_paste_and_a_browser_at_the_same_moment_redeem_one_code() throws Exception {
        provider.on(TOKEN, 200, TOKENS);
        SignInSnapshot begun = fixture.start(EngineId.OPENCODE, SignInMethod.CALLBACK, "openai");
        String address = callback(begun, "&code=" + CODE);
        CompletableFuture<String> browser = CompletableFuture.supplyAsync(() -> {
            try {
                return Browser.get(address);
            } catch (IOException e) {
                return "gone";
            }
        });
        try {
            fixture.submit(begun, SignInInputKind.TEXT, CODE);
        } catch (RefusedException e) {
            assertThat(e.refusal().code()).isEqualTo(ErrorCode.INPUT_REFUSED);
        }
        browser.get();
        assertThat(fixture.find(begun).session().status()).isEqualTo(SignInStatus.SUCCEEDED);
        fixture.tick();
        assertThat(provider.requests(TOKEN)).hasSize(1);
        assertThat(fixture.events("session_finished")).hasSize(1);
    }

    @Test
    void tokens_that_come_after_a_cancel_are_dropped() throws IOException {
        SignInSnapshot[] begun = new SignInSnapshot[1];
        provider.on(TOKEN, 200, TOKENS, () -> fixture.cancel(begun[0]));
        begun[0] = fixture.start(EngineId.OPENCODE, SignInMethod.CALLBACK, "openai");
        fixture.submit(begun[0], SignInInputKind.TEXT, CODE);
        assertThat(fixture.find(begun[0]).session().status()).isEqualTo(SignInStatus.CANCELED);
        assertThat(fixture.has(OPENCODE)).isFalse();
    }

    @Test
    void a_public_address_needs_no_listener_unless_it_is_the_listeners_own() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int taken = other.getLocalPort();
            try (SignInFixture elsewhere = new SignInFixture(folder, at("https://runner.example.org/", taken))) {
                assertThat(elsewhere
                                .start(EngineId.CODEX, SignInMethod.CALLBACK)
                                .session()
                                .prompt()
                                .address()
                                .orElseThrow())
                        .contains("redirect_uri=https%3A%2F%2Frunner.example.org%2Fauth%2Fcallback&");
            }
            try (SignInFixture here = new SignInFixture(folder, at("http://localhost:" + taken, taken))) {
                assertThatThrownBy(() -> here.start(EngineId.CODEX, SignInMethod.CALLBACK))
                        .isInstanceOfSatisfying(
                                RefusedException.class,
                                it -> assertThat(it.refusal().code()).isEqualTo(ErrorCode.LISTENER_PORT_BUSY));
            }
        }
    }

    private OAuthSettings at(String publicBase, int port) {
        OAuthSettings usual = provider.settings();
        Map<OAuthListener, Integer> ports = new HashMap<>(usual.ports());
        ports.put(OAuthListener.OPENAI, port);
        return new OAuthSettings(
                usual.addresses(),
                ports,
                usual.gemini(),
                usual.antigravity(),
                usual.iflow(),
                Optional.of(URI.create(publicBase)),
                usual.proxies());
    }

    @Test
    void a_broken_file_stays_as_it_is() {
        fixture.put(CODEX, "{\"tokens\": fake-old");
        provider.on(TOKEN, 200, TOKENS);
        SignInSnapshot ended = fixture.submit(codex(), SignInInputKind.TEXT, CODE);
        assertThat(ended.session().status()).isEqualTo(SignInStatus.FAILED);
        assertThat(ended.session().error().orElseThrow().words())
                .contains(CODEX)
                .doesNotContain("fake-old");
        assertThat(fixture.text(CODEX)).isEqualTo("{\"tokens\": fake-old");
    }

    @Test
    void a_port_that_is_taken_refuses_the_start_and_leaves_nothing() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            OAuthSettings usual = provider.settings();
            Map<OAuthListener, Integer> ports = new HashMap<>(usual.ports());
            ports.put(OAuthListener.OPENAI, other.getLocalPort());
            try (SignInFixture busy = new SignInFixture(
                    folder,
                    new OAuthSettings(
                            usual.addresses(),
                            ports,
                            usual.gemini(),
                            usual.antigravity(),
                            usual.iflow(),
                            usual.publicBase(),
                            usual.proxies()))) {
                assertThatThrownBy(() -> busy.start(EngineId.CODEX, SignInMethod.CALLBACK))
                        .isInstanceOfSatisfying(
                                RefusedException.class,
                                it -> assertThat(it.refusal().code()).isEqualTo(ErrorCode.LISTENER_PORT_BUSY));
                assertThat(busy.signIns.active()).isEmpty();
                assertThat(busy.kept()).isEmpty();
                assertThat(busy.start(EngineId.OPENCODE, SignInMethod.API_KEY, "deepseek")
                                .session()
                                .status())
                        .isEqualTo(SignInStatus.WAITING_USER);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://runner.example", "https://runner.example/", "https://runner.example/auth/callback"})
    void a_public_server_takes_the_answer_itself(String base) {
        OAuthSettings usual = provider.settings();
        try (SignInFixture open = new SignInFixture(
                folder,
                new OAuthSettings(
                        usual.addresses(),
                        usual.ports(),
                        usual.gemini(),
                        usual.antigravity(),
                        usual.iflow(),
                        Optional.of(URI.create(base)),
                        usual.proxies()))) {
            SignInSnapshot begun = open.start(EngineId.CODEX, SignInMethod.CALLBACK);
            assertThat(query(begun)).containsEntry("redirect_uri", "https://runner.example/auth/callback");
            assertThat(begun.notes())
                    .containsEntry("local_callback_listener_started", false)
                    .containsEntry("callback_mode", "auto");
        }
    }

    @Test
    void a_session_that_is_overdue_lets_the_port_go() throws IOException {
        SignInSnapshot begun = codex();
        int port = URI.create(query(begun).getOrDefault("redirect_uri", "")).getPort();
        assertThat(Browser.isOpen(InetAddress.getLoopbackAddress(), port)).isTrue();
        fixture.clock.advance(Duration.ofMinutes(16));
        fixture.ticks.runDelayed();
        assertThat(Browser.isOpen(InetAddress.getLoopbackAddress(), port)).isFalse();
        assertThat(fixture.find(begun).session().status()).isEqualTo(SignInStatus.EXPIRED);
    }

    @Test
    void the_account_is_found_wherever_the_provider_tells_it() {
        for (String claims : List.of(
                "{\"chatgpt_account_id\":\"a\"}",
                "{\"organizations\":[{\"id\":\"a\"}]}",
                "{\"https://api.openai.com/auth\":{\"chatgpt_account_id\":\"a\"},\"chatgpt_account_id\":\"b\"}")) {
            String id = "x." + Base64.getUrlEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".y";
            assertThat(new OpenAiTokens(id, "", "", Optional.empty()).accountId())
                    .contains("a");
        }
        assertThat(new OpenAiTokens("no token", "", "", Optional.empty()).accountId())
                .isEmpty();
        assertThat(new OpenAiTokens("a.%.b", "", "", Optional.empty()).accountId())
                .isEmpty();
    }

    private SignInSnapshot codex() {
        return fixture.start(EngineId.CODEX, SignInMethod.CALLBACK);
    }

    private static Map<String, String> query(SignInSnapshot session) {
        return Browser.query(session.session().prompt().address().orElseThrow());
    }

    private static String state(SignInSnapshot session) {
        return query(session).getOrDefault("state", "");
    }

    private static BrowserAnswer answer(SignInSnapshot session, Optional<String> code) {
        return new BrowserAnswer("openai", state(session), code, Optional.empty());
    }

    private static String callback(SignInSnapshot session, String rest) {
        return query(session).get("redirect_uri") + "?state=" + state(session) + rest;
    }
}
