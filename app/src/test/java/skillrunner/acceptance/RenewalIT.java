package skillrunner.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Access that is about to end is renewed before a run, over a provider that stands on loopback. */
class RenewalIT {
    private static final String SHOWS_ITS_CREDENTIALS =
            """
            test "$1" = --version && { echo codex-cli 0.169.0; exit 0; }
            cp "$HOME/.codex/auth.json" "$HOME/seen"
            exit 1
            """;

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private HttpServer provider;
    private EngineHome home;
    private volatile String answer = "";

    @BeforeEach
    void open() throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/oauth/token", this::answer);
        provider.setExecutor(threads);
        provider.start();
        home = new EngineHome(folder);
        home.global(EngineId.CODEX, SHOWS_ITS_CREDENTIALS);
        TestSkill.install(folder, TestSkill.ID, List.of(EngineId.CODEX));
        home.inAgentHome(
                ".codex/auth.json",
                "{\"tokens\": {\"access_token\": \"" + access(Instant.EPOCH.plusSeconds(1))
                        + "\", \"refresh_token\": \"old-refresh\"}}");
    }

    @AfterEach
    void close() {
        held.countDown();
        provider.stop(0);
        threads.shutdownNow();
    }

    @Test
    void a_run_finds_new_tokens_and_a_final_refusal_is_told() throws Exception {
        answer = "{\"access_token\": \"" + access(Instant.now().plusSeconds(300)) + "\", \"refresh_token\":"
                + " \"new-refresh\"}";
        try (RunningServer server = home.start(settings())) {
            ApiClient api = server.client();
            assertThat(asked).as("nobody is called before there is a run").isEmpty();

            api.awaitEnd(api.create(TestSkill.job(EngineId.CODEX, Map.of("no_cache", true))));

            assertThat(home.agentHome().resolve("seen")).content().contains("new-refresh");
            assertThat(asked).singleElement().asString().contains("grant_type=refresh_token", "old-refresh");
            assertThat(auth(api).get("expired").booleanValue()).isFalse();

            answer = "{\"error\": \"invalid_grant\"}";
            api.awaitEnd(api.create(TestSkill.job(EngineId.CODEX, Map.of("no_cache", true))));

            assertThat(auth(api).get("expired").booleanValue()).isTrue();
            assertThat(auth(api).get("renews_itself").booleanValue()).isFalse();
            assertThat(server.log()).contains("has to be signed in again").doesNotContain("new-refresh", "old-refresh");
            assertThat(api.get("/ui/engines?table=now").body()).contains("does not renew it any more");
        }
    }

    @Test
    void what_a_killed_server_had_asked_for_is_asked_for_again_by_the_next() throws Exception {
        try (RunningServer server = home.start(settings())) {
            server.client().create(TestSkill.job(EngineId.CODEX, Map.of("no_cache", true)));
            Awaitility.await().until(() -> asked.size() == 1);
            server.kill();
        }
        assertThat(home.agentHome().resolve(".codex/auth.json")).content().contains("old-refresh");
        answer = "{\"access_token\": \"" + access(Instant.now().plusSeconds(86_400)) + "\", \"refresh_token\":"
                + " \"new-refresh\"}";
        try (RunningServer server = home.start(settings())) {
            Awaitility.await().until(() -> Files.readString(home.agentHome().resolve(".codex/auth.json"))
                    .contains("new-refresh"));
            assertThat(asked).hasSize(2).allMatch(form -> form.contains("old-refresh"));
            assertThat(auth(server.client()).get("expired").booleanValue()).isFalse();
        }
    }

    @Test
    void a_terminal_shows_an_engine_that_finds_new_tokens() throws Exception {
        answer = "{\"access_token\": \"" + access(Instant.now().plusSeconds(86_400)) + "\", \"refresh_token\":"
                + " \"new-refresh\"}";
        try (RunningServer server = home.start(settings())) {
            HttpResponse<String> begun = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(
                                            "http://127.0.0.1:" + server.port() + "/ui/engines/tui/session/start"))
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(HttpRequest.BodyPublishers.ofString("engine=codex"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);

            Awaitility.await().until(() -> Files.readString(home.agentHome().resolve("seen"))
                    .contains("new-refresh"));
            assertThat(asked).hasSize(1);
        }
    }

    private Map<String, String> settings() {
        return Map.of(
                "SKILL_RUNNER_AUTH_OPENAI_TOKEN_URL",
                "http://127.0.0.1:" + provider.getAddress().getPort() + "/oauth/token");
    }

    private static JsonNode auth(ApiClient api) {
        return api.get("/v1/engines/auth-status").json().get("engines").get("codex");
    }

    private static String access(Instant end) {
        return "e30."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(("{\"exp\":" + end.getEpochSecond() + "}").getBytes(StandardCharsets.UTF_8))
                + ".x";
    }

    /** Without an answer it holds whoever asks until the end of the test. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            if (answer.isEmpty()) {
                held.await();
                return;
            }
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.contains("error") ? 400 : 200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
