package skillrunner.browser;

import com.microsoft.playwright.Request;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.acceptance.ApiClient;
import skillrunner.acceptance.RunningServer;
import skillrunner.acceptance.ScriptedSignIns;
import tools.jackson.databind.JsonNode;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What was promised of the page that signs engines in, a test for each promise, with a provider on loopback and scripted programs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInScenariosIT {
    private static final String AUTH = "/ui/engines/auth";
    private static final String PROXY = AUTH + "/oauth-proxy/sessions";
    private static final String DELEGATE = AUTH + "/cli-delegate/sessions";
    private static final List<String> OLD_METHODS = List.of(
            "browser-oauth", "device-auth", "screen-reader-google-oauth", "iflow-cli-oauth", "opencode-provider-auth");
    private static final String ASKS_FOR_CODE =
            """
            say 'Do you trust the files in this folder?\\r\\n'; line; say 'Signing in\\r\\n'
            while ! test -e $HOME/go-on; do sleep 0.1; done
            say 'Please visit the following URL to authorize the application:\\r\\n\\r\\nhttps://accounts.example.org/a?b=c'
            say '\\r\\n\\r\\nEnter the authorization code: '
            hang
            """;
    private static final String DEVICE =
            "test \"$1\" = login || exit 2\nsay '1. Open this link\\r\\n   https://auth.openai.com/codex/device\\r\\n"
                    + "2. Enter this one-time code\\r\\n   ABCD-12345\\r\\n'\nhang\n";

    private final List<String> sent = new CopyOnWriteArrayList<>();
    private HttpServer provider;
    private ScriptedSignIns programs;
    private RunningServer server;
    private ApiClient api;
    private Browser browser;
    private Visit visit;

    @BeforeAll
    void start(@TempDir Path home) throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer(
                "/token",
                200,
                "{\"id_token\":\"e30.e30.x\",\"access_token\":\"the-access-token\",\"refresh_token\":\"the-refresh-token\"}");
        answer("/code", 200, "{\"device_auth_id\":\"one\",\"user_code\":\"QWER-TYUI\",\"interval\":300}");
        answer("/poll", 403, "{}");
        provider.start();
        String base = "http://127.0.0.1:" + provider.getAddress().getPort();
        programs = new ScriptedSignIns(home);
        programs.program("codex", DEVICE);
        programs.program("gemini", ASKS_FOR_CODE);
        programs.put("go-on", "");
        Map<String, String> settings = new HashMap<>(Map.of(
                "PATH",
                programs.path(),
                "SKILL_RUNNER_AUTH_OPENAI_AUTHORIZE_URL",
                base + "/authorize",
                "SKILL_RUNNER_AUTH_OPENAI_TOKEN_URL",
                base + "/token",
                "SKILL_RUNNER_AUTH_OPENAI_DEVICE_CODE_URL",
                base + "/code",
                "SKILL_RUNNER_AUTH_OPENAI_DEVICE_POLL_URL",
                base + "/poll",
                "SKILL_RUNNER_AUTH_OPENAI_CALLBACK_PORT",
                "0",
                "SKILL_RUNNER_AUTH_IFLOW_CALLBACK_PORT",
                "0",
                "SKILL_RUNNER_AUTH_ANTIGRAVITY_CALLBACK_PORT",
                "0"));
        for (String client : List.of("GEMINI", "OPENCODE_GOOGLE")) {
            settings.put("SKILL_RUNNER_" + client + "_OAUTH_CLIENT_ID", "a-client");
            settings.put("SKILL_RUNNER_" + client + "_OAUTH_CLIENT_SECRET", "a-secret");
        }
        server = RunningServer.start(home, settings);
        api = server.client();
        browser = Browser.shared();
    }

    private void answer(String path, int status, String text) {
        provider.createContext(path, exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @AfterAll
    void stop() {
        server.close();
        provider.stop(0);
    }

    @BeforeEach
    void open() {
        sent.clear();
        visit = browser.visit(server.port());
        visit.page().onRequest(this::note);
        visit.open("/ui/engines");
    }

    private void note(Request request) {
        String path = request.url().replaceFirst("http://[^/]+", "");
        if (path.startsWith(AUTH)) {
            sent.add(request.method() + " " + path + " " + request.postData());
        }
    }

    @AfterEach
    void cancel() {
        visit.close();
        JsonNode active = api.get(AUTH + "/session/active").json();
        if (active.get("active").booleanValue()) {
            String slug = text(active, "transport").replace('_', '-');
            api.post(AUTH + "/" + slug + "/sessions/" + text(active, "session_id") + "/cancel", Map.of());
        }
    }

    @Test
    void starting_and_polling_a_sign_in_keep_their_paths_and_fields() {
        for (String root : List.of("/v1/engines/auth", AUTH)) {
            for (String transport : List.of("oauth_proxy", "cli_delegate")) {
                String sessions = root + "/" + transport.replace('_', '-') + "/sessions";
                ApiClient.Answer begun = api.post(
                        sessions, Map.of("engine", "codex", "transport", transport, "auth_method", "auth_code_or_url"));
                assertThat(begun.status()).as(begun.body()).isEqualTo(200);
                String session = sessions + "/" + text(begun.json(), "session_id");
                assertThat(api.get(session).status()).isEqualTo(200);
                assertThat(api.post(session + "/input", Map.of("kind", "text", "value", "x"))
                                .status())
                        .isEqualTo(400);
                JsonNode canceled = api.post(session + "/cancel", Map.of()).json();
                assertThat(canceled.get("canceled").booleanValue()).isTrue();
                assertThat(text(canceled.get("session"), "status")).isEqualTo("canceled");
            }
        }
    }

    @Test
    void any_engine_starts_a_sign_in_that_is_polled_by_its_snapshot() {
        for (String engine : List.of("codex", "gemini", "iflow", "opencode")) {
            choose(engine, engine.equals("opencode") ? "openai" : "", "callback");
            assertThat(visit.at("#auth-status")).hasText("Waiting for you");
            assertThat(visit.at("[data-engine-auth-entry=" + engine + "]")).hasCount(1);
            String session = text(api.get(AUTH + "/session/active").json(), "session_id");
            visit.page().waitForResponse("**" + PROXY + "/" + session, () -> {});
            visit.at("#auth-cancel").click();
            assertThat(visit.at("#auth-status")).hasText("Canceled");
        }
    }

    @Test
    void canceling_a_session_calls_cancel_and_ends_it() {
        choose("codex", "", "callback");
        String session = text(api.get(AUTH + "/session/active").json(), "session_id");
        visit.at("#auth-cancel").click();
        assertThat(visit.at("#auth-status")).hasText("Canceled");
        assertThat(sent).contains("POST " + PROXY + "/" + session + "/cancel {}");
        assertThat(text(api.get(PROXY + "/" + session).json(), "status")).isEqualTo("canceled");
    }

    @Test
    void menu_items_are_of_the_new_methods_only() {
        List<String> shown = new ArrayList<>(methods("codex", ""));
        shown.addAll(methods("gemini", ""));
        shown.addAll(methods("iflow", ""));
        shown.addAll(methods("opencode", "deepseek"));
        assertThat(shown).containsOnly("callback", "auth_code_or_url", "api_key");
        assertThat(visit.page().content()).doesNotContain(OLD_METHODS);
        choose("codex", "", "callback");
        assertThat(visit.at("#auth-status")).hasText("Waiting for you");
        assertThat(String.join("\n", sent)).doesNotContain(OLD_METHODS).doesNotContain("\"method\"");
    }

    @Test
    void an_item_of_the_layered_menu_sends_transport_and_method_and_the_provider() {
        choose("opencode", "openai", "callback");
        assertThat(visit.at("#auth-status")).hasText("Waiting for you");
        assertThat(sent)
                .contains("POST " + PROXY + " {\"engine\":\"opencode\",\"transport\":\"oauth_proxy\","
                        + "\"auth_method\":\"callback\",\"provider_id\":\"openai\"}");
    }

    @Test
    void in_callback_mode_what_the_browser_was_sent_to_can_be_pasted() {
        choose("codex", "", "callback");
        assertThat(visit.at("#auth-hint")).containsText("paste the address");
        assertThat(visit.at("#auth-form")).isVisible();
        assertThat(visit.at("#auth-submit")).isVisible();
    }

    @Test
    void in_code_mode_without_an_answer_there_is_no_input_but_page_and_code() {
        choose("codex", "", "auth_code_or_url");
        assertThat(visit.at("#auth-user-code")).hasText("QWER-TYUI");
        assertThat(visit.at("#auth-link")).hasAttribute("href", "https://auth.openai.com/codex/device");
        assertThat(visit.at("#auth-form")).isHidden();
    }

    @Test
    void an_accepted_answer_hides_input_and_link_and_waits_for_the_result() {
        choose("gemini", "", "auth_code_or_url", "cli_delegate");
        assertThat(visit.at("#auth-link")).isVisible();
        visit.at("#auth-input").fill("4/the-code");
        visit.at("#auth-submit").click();
        assertThat(visit.at("#auth-status")).hasText("Taken, waiting for the result");
        assertThat(visit.at("#auth-form")).isHidden();
        assertThat(visit.at("#auth-link")).isHidden();
    }

    @Test
    void what_fails_behind_a_sign_in_is_told_beside_its_success() throws IOException {
        programs.program(
                "codex",
                """
                test "$1" = app-server || exit 9
                line; say '{"id":1,"result":{}}\\r\\n'
                line; line
                say '{"id":2,"result":{"verificationUrl":"https://a.example/d","userCode":"QWER-TYUI"}}\\r\\n'
                echo '{"by":"protocol"}' >$HOME/.codex/auth.json
                say '{"method":"account/login/completed","params":{"success":false,"error":"workspace routing discovery failed"}}\\r\\n'
                hang
                """);
        try {
            choose("codex", "", "auth_code_or_url", "cli_delegate");
            assertThat(visit.at("#auth-status")).hasText("Signed in");
            assertThat(visit.at("#auth-warning")).containsText("workspace routing discovery failed");
            assertThat(visit.at("#auth-error")).isHidden();
        } finally {
            programs.program("codex", DEVICE);
        }
    }

    @Test
    void the_entry_of_opencode_with_google_over_the_proxy_starts_a_session() {
        choose("opencode", "google", "callback");
        assertThat(visit.at("#auth-status")).hasText("Waiting for you");
        assertThat(sent)
                .contains("POST " + PROXY + " {\"engine\":\"opencode\",\"transport\":\"oauth_proxy\","
                        + "\"auth_method\":\"callback\",\"provider_id\":\"google\"}");
    }

    @Test
    void an_automatic_callback_that_succeeds_is_seen_on_the_page() {
        choose("codex", "", "callback");
        assertThat(api.get("/auth/callback?code=the-code&state=" + state()).status())
                .isEqualTo(200);
        assertThat(visit.at("#auth-status")).hasText("Signed in");
    }

    @Test
    void where_the_callback_can_not_arrive_what_is_pasted_ends_the_session() {
        choose("codex", "", "callback");
        String session = text(api.get(AUTH + "/session/active").json(), "session_id");
        visit.at("#auth-input").fill("http://localhost:1455/auth/callback?code=the-code&state=" + state());
        visit.at("#auth-submit").click();
        assertThat(visit.at("#auth-status")).hasText("Signed in");
        assertThat(sent).anyMatch(it -> it.startsWith("POST " + PROXY + "/" + session + "/input "));
    }

    @Test
    void opencode_with_google_stays_whatever_transport_is_chosen() {
        assertThat(methods("opencode", "google")).containsExactly("callback", "auth_code_or_url");
        visit.at("#auth-transport").selectOption("cli_delegate");
        assertThat(methods("opencode", "google")).containsExactly("auth_code_or_url");
    }

    @Test
    void a_session_over_the_proxy_begins_at_the_proxys_address() {
        choose("iflow", "", "auth_code_or_url");
        assertThat(visit.at("#auth-status")).hasText("Waiting for you");
        assertThat(sent).anyMatch(it -> it.startsWith("POST " + PROXY + " "));
    }

    @Test
    void a_session_by_a_cli_begins_at_the_delegates_address() {
        choose("codex", "", "auth_code_or_url", "cli_delegate");
        assertThat(visit.at("#auth-user-code")).hasText("ABCD-12345");
        assertThat(sent).anyMatch(it -> it.startsWith("POST " + DELEGATE + " "));
    }

    @Test
    void a_session_by_a_cli_may_show_that_the_server_is_at_work() throws IOException {
        Files.delete(programs.agentHome().resolve("go-on"));
        choose("gemini", "", "auth_code_or_url", "cli_delegate");
        assertThat(visit.at("#auth-status")).containsText("working through");
        programs.put("go-on", "");
        assertThat(visit.at("#auth-status")).hasText("Waiting for you");
    }

    @Test
    void a_snapshot_names_its_state_machine_its_orchestrator_and_its_logs() {
        choose("codex", "", "callback");
        JsonNode snapshot = api.get(AUTH + "/session/active").json();
        assertThat(text(snapshot, "transport_state_machine")).isEqualTo("oauth_proxy_v1");
        assertThat(text(snapshot, "orchestrator")).isEqualTo("oauth_proxy_orchestrator");
        assertThat(visit.at("#auth-log")).hasText(text(snapshot, "log_root"));
    }

    @Test
    void the_entry_of_an_engine_with_one_provider_lists_methods() {
        assertThat(methods("codex", "")).containsExactly("callback", "auth_code_or_url");
        visit.at("#auth-transport").selectOption("cli_delegate");
        assertThat(methods("gemini", "")).containsExactly("auth_code_or_url");
    }

    @Test
    void the_entry_of_opencode_lists_providers_and_then_their_methods() {
        visit.at("[data-engine-auth-entry=opencode]").click();
        assertThat(visit.at("#auth-menu [data-auth-provider]")).hasCount(9);
        assertThat(visit.at("#auth-menu [data-auth-method]:visible")).hasCount(0);
        visit.at("[data-auth-provider=openrouter]").click();
        assertThat(visit.at("#auth-menu [data-auth-method]:visible")).hasCount(1);
    }

    @Test
    void the_window_has_only_the_button_that_cancels_and_a_live_session_locks_the_choice() {
        choose("codex", "", "auth_code_or_url");
        assertThat(visit.at("#auth-user-code")).isVisible();
        assertThat(visit.at("#auth-window button:visible:not([data-copies])"))
                .hasText(new String[] {"Cancel the sign-in"});
        assertThat(visit.at("#auth-window [data-engine-auth-entry]")).hasCount(0);
        assertThat(visit.at("#auth-transport")).isDisabled();
        assertThat(visit.at("[data-engine-auth-entry]:enabled")).hasCount(0);
    }

    @Test
    void the_code_of_a_device_can_be_copied() {
        for (String provider : List.of("", "openai")) {
            choose(provider.isEmpty() ? "codex" : "opencode", provider, "auth_code_or_url");
            visit.at("#auth-copy").click();
            assertThat(visit.at("#auth-copy")).isVisible();
            visit.at("#auth-cancel").click();
            assertThat(visit.at("#auth-status")).hasText("Canceled");
        }
    }

    private void choose(String engine, String provider, String method) {
        choose(engine, provider, method, "oauth_proxy");
    }

    private void choose(String engine, String provider, String method, String transport) {
        visit.at("#auth-transport").selectOption(transport);
        enter(engine, provider);
        visit.at("#auth-menu [data-auth-method=" + method + "]:visible").click();
        assertThat(visit.at("#auth-cancel")).isVisible();
    }

    private void enter(String engine, String provider) {
        visit.at("[data-engine-auth-entry=" + engine + "]").click();
        if (!provider.isEmpty()) {
            visit.at("[data-auth-provider=" + provider + "]").click();
        }
    }

    private List<String> methods(String engine, String provider) {
        enter(engine, provider);
        assertThat(visit.at("#auth-menu [data-auth-method]:visible").first()).isVisible();
        List<String> names = visit.at("#auth-menu [data-auth-method]:visible").all().stream()
                .map(each -> each.getAttribute("data-auth-method"))
                .toList();
        visit.page().keyboard().press("Escape");
        return names;
    }

    private String state() {
        return visit.at("#auth-link").getAttribute("href").replaceAll(".*[?&]state=([^&]*).*", "$1");
    }

    private static String text(JsonNode node, String field) {
        return node.get(field).stringValue();
    }
}
