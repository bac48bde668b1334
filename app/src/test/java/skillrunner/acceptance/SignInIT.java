package skillrunner.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Engines are signed in over a provider that stands on loopback. */
class SignInIT {
    private static final String SESSIONS = "/v1/engines/auth/oauth-proxy/sessions";
    private static final List<String> SECRETS =
            List.of("the-code", "the-access-token", "the-refresh-token", "a-key-of-deepseek");

    @TempDir
    private Path home;

    private HttpServer provider;
    private final ConcurrentLinkedQueue<String> exchanges = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void startProvider() throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/oauth/token", this::exchange);
        provider.start();
    }

    @AfterEach
    void stopProvider() {
        provider.stop(0);
    }

    @Test
    void a_key_is_stored_beside_those_that_are_there_and_a_killed_server_is_no_obstacle() throws Exception {
        Path file = home.resolve("cache/agent-home/.local/share/opencode/auth.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"openrouter\": {\"type\": \"api\", \"key\": \"kept\"}}");
        String first;
        try (RunningServer server = RunningServer.start(home, settings())) {
            first = text(begin(server.client(), "opencode", "api_key", "deepseek"), "session_id");
            ApiClient.Answer busy = server.client().post(SESSIONS, body("codex", "callback", ""));
            assertThat(busy.status()).as(busy.body()).isEqualTo(409);
            server.kill();
        }
        try (RunningServer server = RunningServer.start(home, settings())) {
            ApiClient api = server.client();
            JsonNode former = api.get(SESSIONS + "/" + first).json();
            assertThat(text(former, "status")).as(former.toString()).isEqualTo("failed");
            assertThat(text(former, "error_code")).isEqualTo("ORCHESTRATOR_RESTART_INTERRUPTED");
            JsonNode begun = begin(api, "opencode", "api_key", "deepseek");
            assertThat(text(begun, "input_kind")).isEqualTo("api_key");
            // It began after what was left had its end.
            assertThat(Path.of(text(former, "log_root")).resolve("events.jsonl"))
                    .content()
                    .containsOnlyOnce("session_finished");

            ApiClient.Answer answer = api.post(
                    SESSIONS + "/" + text(begun, "session_id") + "/input",
                    Map.of("kind", "api_key", "value", " a-key-of-deepseek\n"));

            assertThat(answer.json().get("accepted").booleanValue())
                    .as(answer.body())
                    .isTrue();
            assertThat(text(answer.json().get("session"), "status")).isEqualTo("succeeded");
            assertThat(file).content().contains("\"openrouter\"", "\"kept\"", "\"deepseek\"", "a-key-of-deepseek");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertNoSecrets(server, answer.body());
        }
    }

    @Test
    void codex_is_signed_in_by_a_browser_that_comes_back_or_by_what_is_pasted() throws Exception {
        Path file = home.resolve("cache/agent-home/.codex/auth.json");
        try (RunningServer server = RunningServer.start(home, settings())) {
            ApiClient api = server.client();
            JsonNode begun = begin(api, "codex", "callback", "");
            String state = parameter(text(begun, "auth_url"), "state");
            assertThat(text(begun, "auth_url"))
                    .startsWith(address("/authorize"))
                    .contains("code_challenge_method=S256");
            assertThat(api.get("/auth/callback?code=the-code&state=wrong").status())
                    .isEqualTo(400);

            assertThat(api.get("/auth/callback?code=the-code&state=" + state).status())
                    .isEqualTo(200);

            JsonNode ended = api.get(SESSIONS + "/" + text(begun, "session_id")).json();
            assertThat(text(ended, "status")).as(ended.toString()).isEqualTo("succeeded");
            assertThat(ended.get("oauth_callback_received").booleanValue()).isTrue();
            assertThat(ended.get("manual_fallback_used").booleanValue()).isFalse();
            assertThat(file).content().contains("the-access-token", "the-refresh-token");
            assertThat(api.get("/auth/callback?code=the-code&state=" + state).status())
                    .isEqualTo(400);
            assertNoSecrets(server, ended.toString());

            JsonNode again = begin(api, "codex", "callback", "");
            int before = exchanges.size();
            ApiClient.Answer pasted = api.post(
                    SESSIONS + "/" + text(again, "session_id") + "/input",
                    Map.of(
                            "kind",
                            "text",
                            "value",
                            "http://localhost:1455/auth/callback?code=the-code&state="
                                    + parameter(text(again, "auth_url"), "state")));
            assertThat(pasted.json().get("accepted").booleanValue())
                    .as(pasted.body())
                    .isTrue();
            assertThat(pasted.json().get("session").get("manual_fallback_used").booleanValue())
                    .isTrue();
            assertThat(exchanges.stream().skip(before).filter(it -> it.contains("grant_type=authorization_code")))
                    .hasSize(1);
        }
    }

    private Map<String, String> settings() {
        return Map.of(
                "SKILL_RUNNER_AUTH_OPENAI_AUTHORIZE_URL", address("/authorize"),
                "SKILL_RUNNER_AUTH_OPENAI_TOKEN_URL", address("/oauth/token"),
                "SKILL_RUNNER_AUTH_OPENAI_CALLBACK_PORT", "0");
    }

    private void exchange(HttpExchange exchange) throws IOException {
        exchanges.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"https://api.openai.com/auth\":{\"chatgpt_account_id\":\"one\"}}"
                        .getBytes(StandardCharsets.UTF_8));
        byte[] answer = ("{\"id_token\":\"e30." + claims + ".x\",\"access_token\":\"the-access-token\","
                        + "\"refresh_token\":\"the-refresh-token\",\"expires_in\":3600}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** What was said, logged or kept of a session holds nothing that signs anybody in. */
    private void assertNoSecrets(RunningServer server, String answer) throws IOException {
        List<Path> kept;
        try (Stream<Path> files = Files.walk(home.resolve("data/engine_auth_sessions"))) {
            kept = files.filter(Files::isRegularFile).toList();
        }
        assertThat(kept).isNotEmpty();
        for (String secret : SECRETS) {
            assertThat(answer).doesNotContain(secret);
            assertThat(server.log()).doesNotContain(secret);
            for (Path file : kept) {
                assertThat(file).content().as(file.toString()).doesNotContain(secret);
            }
        }
    }

    private static JsonNode begin(ApiClient api, String engine, String method, String provider) {
        ApiClient.Answer answer = api.post(SESSIONS, body(engine, method, provider));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(text(answer.json(), "status")).isEqualTo("waiting_user");
        return answer.json();
    }

    private static Map<String, Object> body(String engine, String method, String provider) {
        Map<String, Object> body =
                new HashMap<>(Map.of("engine", engine, "transport", "oauth_proxy", "auth_method", method));
        if (!provider.isEmpty()) {
            body.put("provider_id", provider);
        }
        return body;
    }

    private String address(String path) {
        return "http://127.0.0.1:" + provider.getAddress().getPort() + path;
    }

    private static String parameter(String address, String name) {
        return Stream.of(address.substring(address.indexOf('?') + 1).split("&"))
                .filter(part -> part.startsWith(name + "="))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1);
    }

    private static String text(JsonNode node, String field) {
        return node.get(field).stringValue();
    }
}
