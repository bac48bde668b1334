package skillrunner.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.acceptance.RunningServer;
import tools.jackson.databind.json.JsonMapper;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Engines are signed in on their page, with a provider that stands on loopback. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInPageIT {
    private static final String SESSIONS = "/ui/engines/auth/oauth-proxy/sessions";
    private static final String ACTIVE = "**/ui/engines/auth/session/active";
    private static final JsonMapper JSON = new JsonMapper();

    private Path home;
    private HttpServer provider;
    private RunningServer server;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        home = folder;
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/oauth/token", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] answer = ("{\"id_token\":\"e30.e30.x\",\"access_token\":\"the-access-token\","
                            + "\"refresh_token\":\"the-refresh-token\",\"expires_in\":3600}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        provider.start();
        String base = "http://127.0.0.1:" + provider.getAddress().getPort();
        server = RunningServer.start(
                home,
                Map.of(
                        "SKILL_RUNNER_AUTH_OPENAI_AUTHORIZE_URL", base + "/authorize",
                        "SKILL_RUNNER_AUTH_OPENAI_TOKEN_URL", base + "/oauth/token",
                        "SKILL_RUNNER_AUTH_OPENAI_CALLBACK_PORT", "0"));
        browser = Browser.shared();
    }

    @AfterAll
    void stop() {
        server.close();
        provider.stop(0);
    }

    /** A test that failed leaves no session to the next. */
    @AfterEach
    void cancel() {
        var active = server.client().get("/ui/engines/auth/session/active").json();
        if (active.get("active").booleanValue()) {
            server.client().post(SESSIONS + "/" + active.get("session_id").stringValue() + "/cancel", Map.of());
        }
    }

    @Test
    void the_page_renders_the_capability_matrix_of_the_drivers() {
        String page = server.client().get("/ui/engines").body();

        assertThat(page)
                .contains("\"oauth_proxy\":{\"codex\":[\"callback\",\"auth_code_or_url\"],"
                        + "\"gemini\":[\"callback\",\"auth_code_or_url\"],\"iflow\":[\"callback\",\"auth_code_or_url\"],"
                        + "\"opencode\":{\"openai\":[\"callback\",\"auth_code_or_url\"],"
                        + "\"google\":[\"callback\",\"auth_code_or_url\"],\"deepseek\":[\"api_key\"],"
                        + "\"iflowcn\":[\"api_key\"],\"minimax\":[\"api_key\"],\"moonshotai\":[\"api_key\"],"
                        + "\"opencode\":[\"api_key\"],\"openrouter\":[\"api_key\"],\"zai-coding-plan\":[\"api_key\"]}}"
                        + ",\"cli_delegate\":{\"codex\":[\"callback\",\"auth_code_or_url\"],"
                        + "\"gemini\":[\"auth_code_or_url\"],\"iflow\":[\"auth_code_or_url\"],"
                        + "\"opencode\":{\"openai\":[\"callback\",\"auth_code_or_url\"],"
                        + "\"google\":[\"auth_code_or_url\"]}}");
    }

    @Test
    void codex_is_signed_in_by_what_is_pasted_and_another_time_canceled() {
        List<String> sent = new ArrayList<>();
        try (Visit visit = browser.visit(server.port())) {
            visit.page().onRequest(request -> {
                if (request.method().equals("POST")) {
                    sent.add(request.url().replaceFirst("http://[^/]+", "") + " " + request.postData());
                }
            });
            visit.open("/ui/engines#auth-codex");
            assertThat(visit.at("#auth-transport")).hasValue("oauth_proxy");
            Locator entry = visit.at("[data-engine-auth-entry=codex]");
            assertThat(entry).isFocused();
            visit.page().keyboard().press("ArrowDown");
            assertThat(entry).hasAttribute("aria-expanded", "true");
            assertThat(visit.at("#auth-menu [data-auth-method=callback]")).isFocused();
            visit.assertAccessible();
            visit.page().keyboard().press("Escape");
            assertThat(visit.at("#auth-menu")).isHidden();
            assertThat(entry).isFocused();

            entry.click();
            visit.at("#auth-menu [data-auth-method=callback]").click();
            assertThat(visit.at("#auth-status")).hasText("Waiting for you");
            assertThat(visit.at("#auth-title")).isFocused();
            assertThat(visit.at("#auth-link")).hasAttribute("rel", "noopener noreferrer");
            assertThat(visit.at("#auth-link")).hasAttribute("target", "_blank");
            assertThat(visit.at("#auth-log")).containsText("engine_auth_sessions");
            assertThat(visit.at("#auth-window button:visible:not(.button-icon)"))
                    .hasText(new String[] {"Submit", "Cancel the sign-in"});
            assertThat(visit.at("#auth-transport")).isDisabled();
            assertThat(visit.at("[data-engine-auth-entry]:enabled")).hasCount(0);
            visit.assertAccessibleInBothThemes();

            String state = parameter(visit.at("#auth-link").getAttribute("href"), "state");
            assertThat(visit.at("#auth-input")).hasAttribute("autocomplete", "off");
            visit.at("#auth-input").fill("http://localhost:1455/auth/callback?code=the-code&state=" + state);
            visit.at("#auth-submit").click();
            assertThat(visit.at("#auth-status")).hasText("Signed in");
            assertThat(visit.at("#auth-form")).isHidden();
            assertThat(visit.at("#auth-link")).isHidden();
            assertThat(visit.at("#auth-input")).hasValue("");
            assertThat(visit.at("#auth-cancel")).isHidden();
            assertThat(visit.at("#auth-transport")).isEnabled();

            entry.click();
            visit.at("#auth-menu [data-auth-method=callback]").click();
            assertThat(visit.at("#auth-form")).isVisible();
            visit.at("#auth-cancel").click();
            assertThat(visit.at("#auth-status")).hasText("Canceled");
            assertThat(entry).isEnabled();
        }
        assertThat(sent.get(0))
                .isEqualTo(SESSIONS
                        + " {\"engine\":\"codex\",\"transport\":\"oauth_proxy\",\"auth_method\":\"callback\"}");
        assertThat(home.resolve("cache/agent-home/.codex/auth.json")).content().contains("the-refresh-token");
    }

    @Test
    void opencode_asks_for_the_provider_first_and_keeps_its_key() {
        try (Visit visit = browser.visit(server.port(), reader -> reader.setLocale("zh-CN"))) {
            visit.open("/ui/engines");
            Locator entry = visit.at("[data-engine-auth-entry=opencode]");
            assertThat(entry).hasText("连接 OpenCode");
            entry.click();
            visit.at("[data-auth-provider=deepseek]").focus();
            visit.page().keyboard().press("ArrowRight");
            assertThat(visit.at("[data-auth-method=api_key]")).isFocused();
            visit.page().keyboard().press("ArrowLeft");
            assertThat(visit.at("[data-auth-provider=deepseek]")).isFocused();
            visit.page().keyboard().press("Enter");
            var request = visit.page()
                    .waitForRequest(
                            "**" + SESSIONS, () -> visit.page().keyboard().press("Enter"));
            assertThat(request.postData())
                    .isEqualTo("{\"engine\":\"opencode\",\"transport\":\"oauth_proxy\",\"auth_method\":\"api_key\","
                            + "\"provider_id\":\"deepseek\"}");
            assertThat(visit.at("#auth-provider")).hasText("DeepSeek");
            assertThat(visit.at("#auth-input")).hasAttribute("type", "password");
            visit.at("#auth-input").fill("a-key-of-deepseek");
            visit.page().keyboard().press("Enter");
            assertThat(visit.at("#auth-status")).hasText("已登录");
            assertThat(visit.at("#auth-input")).hasValue("");
        }
        assertThat(home.resolve("cache/agent-home/.local/share/opencode/auth.json"))
                .content()
                .contains("\"deepseek\"", "a-key-of-deepseek");
    }

    @Test
    void who_comes_second_is_told_and_sees_what_is_under_way() {
        try (Visit visit = browser.visit(server.port()).expecting("409 (Conflict)")) {
            visit.page().route(ACTIVE, route -> route.fulfill(json("{\"active\": false}")));
            visit.open("/ui/engines");
            server.client()
                    .post(SESSIONS, Map.of("engine", "codex", "transport", "oauth_proxy", "auth_method", "callback"));
            visit.at("[data-engine-auth-entry=opencode]").click();
            visit.at("[data-auth-provider=deepseek]").click();
            visit.page().unroute(ACTIVE);
            visit.at("[data-auth-method=api_key]").click();
            assertThat(visit.at("#auth-conflict")).containsText("A sign-in of Codex is under way");
            assertThat(visit.at("#auth-title")).hasText("Sign-in of Codex");
            assertThat(visit.at("#auth-busy")).isVisible();
            visit.assertAccessible();

            visit.page().evaluate("document.querySelector('[data-engine-auth-entry=codex]').dataset.old = ''");
            visit.page().evaluate("document.body.dispatchEvent(new CustomEvent('engines-changed'))");
            assertThat(visit.at("[data-engine-auth-entry=codex]:not([data-old])"))
                    .hasCount(1);
            assertThat(visit.at("[data-engine-auth-entry]")).hasCount(4);
            assertThat(visit.at("[data-engine-auth-entry]:enabled")).hasCount(0);
            assertThat(visit.at("#auth-transport")).isDisabled();
            visit.at("#auth-cancel").click();
            assertThat(visit.at("[data-engine-auth-entry=codex]")).isEnabled();
        }
    }

    @Test
    void what_is_shown_follows_the_session_and_no_other_address_than_of_the_web_is_linked() {
        Map<String, Object> session = new LinkedHashMap<>(Map.of(
                "active", true,
                "session_id", "one",
                "engine", "gemini",
                "transport", "oauth_proxy",
                "auth_method", "auth_code_or_url",
                "status", "waiting_orchestrator",
                "terminal", false,
                "expires_at", "2026-01-02T03:04:05Z",
                "log_root", "/somewhere"));
        try (Visit visit = browser.visit(server.port())) {
            visit.page().route("**/ui/engines/auth/**", route -> answer(route, session));
            visit.open("/ui/engines");
            assertThat(visit.at("#auth-status")).hasText("Starting");
            session.put("transport", "cli_delegate");
            assertThat(visit.at("#auth-status")).containsText("working through");
            assertThat(visit.at("#auth-transport")).hasValue("cli_delegate");

            session.putAll(Map.of(
                    "status",
                    "waiting_user",
                    "input_kind",
                    "code",
                    "auth_url",
                    "javascript:alert(1)",
                    "user_code",
                    "AB"));
            assertThat(visit.at("#auth-unsafe")).containsText("javascript:alert(1)");
            assertThat(visit.at("#auth-link")).isHidden();
            assertThat(visit.at("#auth-window a[href]")).hasCount(0);
            assertThat(visit.at("#auth-user-code")).hasText("AB");
            assertThat(visit.at("#auth-copy")).isHidden();
            session.put("auth_url", "https://provider.example/");
            assertThat(visit.at("#auth-link")).hasAttribute("href", "https://provider.example/");
            session.put("engine", "codex");
            assertThat(visit.at("#auth-copy")).isVisible();
            session.put("engine", "gemini");

            visit.at("#auth-input").fill("4/code");
            session.put("status", "code_submitted_waiting_result");
            visit.at("#auth-submit").click();
            assertThat(visit.at("#auth-status")).hasText("Taken, waiting for the result");
            assertThat(visit.at("#auth-form")).isHidden();
            assertThat(visit.at("#auth-link")).isHidden();
            session.putAll(Map.of("status", "waiting_user", "error", "the code is no good"));
            assertThat(visit.at("#auth-form")).isVisible();
            assertThat(visit.at("#auth-error")).hasText("the code is no good");
            assertThat(visit.at("#auth-input")).hasValue("");

            session.putAll(Map.of("status", "expired", "terminal", true, "active", false));
            assertThat(visit.at("#auth-status")).hasText("Expired");
            assertThat(visit.at("#auth-form")).isHidden();
            visit.at("#auth-transport").selectOption("oauth_proxy");
            assertThat(visit.at("[data-engine-auth-entry=codex]")).isEnabled();
        }
    }

    private static void answer(Route route, Map<String, Object> session) {
        String told = JSON.writeValueAsString(session);
        route.fulfill(json(
                route.request().url().endsWith("/input") ? "{\"accepted\": true, \"session\": " + told + "}" : told));
    }

    private static Route.FulfillOptions json(String body) {
        return new Route.FulfillOptions().setContentType("application/json").setBody(body);
    }

    private static String parameter(String address, String name) {
        return Stream.of(address.substring(address.indexOf('?') + 1).split("&"))
                .filter(part -> part.startsWith(name + "="))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1);
    }
}
