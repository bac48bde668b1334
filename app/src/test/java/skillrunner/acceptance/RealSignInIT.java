package skillrunner.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.acceptance.ScriptedSignIns.answer;
import static skillrunner.acceptance.ScriptedSignIns.await;
import static skillrunner.acceptance.ScriptedSignIns.cancel;

/** The real CLIs sign in, as far as that goes without a person: codex whole, at an issuer on loopback. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealSignInIT {
    private final AtomicBoolean agreed = new AtomicBoolean();
    private ScriptedSignIns sessions;
    private HttpServer issuer;
    private RunningServer server;
    private ApiClient api;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/", this::issue);
        issuer.start();
        sessions = new ScriptedSignIns(home);
        String address = "http://127.0.0.1:" + issuer.getAddress().getPort();
        sessions.put(
                ".codex/config.toml",
                "cli_auth_credentials_store = \"file\"\nchatgpt_base_url = \"" + address + "/backend-api\"\n");
        String path = Stream.of(RealCodex.npmPrefix(), new RealGeminiIT().npmPrefix(), new RealOpencodeIT().npmPrefix())
                .map(prefix -> prefix.resolve("bin").toString())
                .collect(Collectors.joining(":"));
        server = RunningServer.start(
                home,
                Map.of("PATH", path + ":" + System.getenv("PATH"), "SKILL_RUNNER_AUTH_OPENAI_ISSUER_URL", address));
        api = server.client();
    }

    @AfterAll
    void stop() {
        server.close();
        issuer.stop(0);
    }

    @Test
    void codex_is_signed_in_by_a_code_for_a_device() throws Exception {
        agreed.set(false);
        String session = sessions.begin(api, "codex", "auth_code_or_url", "");
        JsonNode asked = await(api, session, "waiting_user");
        assertThat(asked.get("user_code").asString("")).as(asked.toString()).isEqualTo("ABCD-12345");
        assertThat(asked.get("verification_url").stringValue()).endsWith("/codex/device");

        agreed.set(true);
        JsonNode ended = await(api, session, "succeeded");

        assertThat(ended.get("status").stringValue()).as(ended.toString()).isEqualTo("succeeded");
        assertThat(ended.get("exit_code").intValue()).isZero();
        assertThat(ended.get("auth_ready").booleanValue()).isTrue();
        assertThat(Files.readString(sessions.agentHome().resolve(".codex/auth.json")))
                .contains("the-refresh-token");
        assertThat(sessions.kept()).doesNotContain("the-refresh-token", "the-code");
    }

    /** As somebody does whose browser runs on another machine than the server. */
    @Test
    void codex_is_signed_in_by_the_address_that_a_browser_could_not_open() throws Exception {
        String session = sessions.begin(api, "codex", "callback", "");
        JsonNode asked = await(api, session, "waiting_user");
        assertThat(asked.get("auth_url").asString("")).as(asked.toString()).contains("redirect_uri=");
        String page = asked.get("auth_url").stringValue();
        String state =
                page.substring(page.indexOf("&state=") + "&state=".length()).split("&", -1)[0];

        answer(api, session, "http://localhost:1455/auth/callback?code=a-pasted-code&state=" + state);
        JsonNode ended = await(api, session, "succeeded");

        assertThat(ended.get("status").stringValue()).as(ended.toString()).isEqualTo("succeeded");
        assertThat(Files.readString(sessions.agentHome().resolve(".codex/auth.json")))
                .contains("the-refresh-token");
        assertThat(sessions.kept()).doesNotContain("the-refresh-token", "a-pasted-code");
    }

    @Test
    void gemini_shows_its_page_and_refuses_a_code_that_nobody_gave() throws Exception {
        String session = sessions.begin(api, "gemini", "auth_code_or_url", "");
        JsonNode asked = await(api, session, "waiting_user");
        String page = asked.get("auth_url").asString("");
        assertThat(page)
                .as(asked.toString())
                .startsWith("https://accounts.google.com/")
                .contains("&state=");
        answer(api, session, "4/0Amade-up-code");
        JsonNode again = Awaitility.await()
                .until(() -> api.get(ScriptedSignIns.SESSIONS + "/" + session).json(), it -> !it.get("error_code")
                        .isNull());
        assertThat(again.get("error_code").stringValue()).as(again.toString()).isEqualTo("CODE_REFUSED");
        assertThat(again.get("auth_url").stringValue()).isNotEqualTo(page).startsWith("https://accounts.google.com/");
        assertThat(cancel(api, session).get("status").stringValue()).isEqualTo("canceled");
        assertThat(sessions.kept()).doesNotContain("made-up-code");
    }

    @Test
    void opencode_is_led_through_its_menus_to_the_page_of_openai() {
        String session = sessions.begin(api, "opencode", "callback", "openai");
        // Before it shows anything it installs its plugins, for as long as npm's registry takes.
        Awaitility.await()
                .atMost(Duration.ofMinutes(6))
                .until(
                        () -> api.get(ScriptedSignIns.SESSIONS + "/" + session).json(),
                        it -> !it.get("status").stringValue().equals("starting"));
        JsonNode asked = await(api, session, "waiting_user");
        assertThat(asked.get("auth_url").asString(""))
                .as(asked.toString())
                .startsWith("https://auth.openai.com/oauth/authorize?")
                .contains("redirect_uri=http%3A%2F%2Flocalhost%3A1455");
        assertThat(asked.get("input_kind").stringValue()).isEqualTo("text");
        assertThat(cancel(api, session).get("status").stringValue()).isEqualTo("canceled");
    }

    private void issue(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        int status = 200;
        String body;
        if (path.endsWith("/usercode")) {
            body = "{\"device_auth_id\":\"one\",\"user_code\":\"ABCD-12345\",\"interval\":\"1\"}";
        } else if (path.endsWith("/deviceauth/token")) {
            status = agreed.get() ? 200 : 403;
            body = agreed.get()
                    ? "{\"authorization_code\":\"the-code\",\"code_challenge\":\"c\",\"code_verifier\":\"v\"}"
                    : "{}";
        } else if (path.endsWith("/accounts/check")) {
            // Asked before codex calls itself signed in.
            body = "{\"accounts\":[{\"id\":\"account\",\"plan_type\":\"plus\",\"workspace_backend_origin\":"
                    + "\"https://chatgpt.com\",\"account_routing_override\":\"us\"}]}";
        } else if (path.startsWith("/backend-api/")) {
            status = 404;
            body = "{}";
        } else {
            body = "{\"id_token\":\"" + token() + "\",\"access_token\":\"" + token()
                    + "\",\"refresh_token\":\"the-refresh-token\"}";
        }
        byte[] answer = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static String token() {
        String claims = "{\"email\":\"someone@example.org\",\"exp\":1999999999,\"https://api.openai.com/auth\":"
                + "{\"chatgpt_account_id\":\"account\",\"chatgpt_plan_type\":\"plus\",\"chatgpt_user_id\":\"user\"}}";
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".x";
    }
}
