package skillrunner.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A server is killed while it signs an engine in over HTTP, in each state; and the disk takes no credentials. */
@Timeout(300)
class SignInKillIT {
    private static final String SESSIONS = "/v1/engines/auth/oauth-proxy/sessions";
    private static final String TOKENS =
            "{\"id_token\": \"an-id\", \"access_token\": \"the-access\", \"refresh_token\": \"the-refresh\"}";

    @TempDir
    private Path home;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final BlockingQueue<Moment> reached = new LinkedBlockingQueue<>();
    private HttpServer provider;
    private volatile Moment held = Moment.WRITTEN;

    /** Where a session stands when its server is killed. */
    enum Moment {
        /** The provider was asked for a code for a device, and nobody knows of the session yet. */
        CREATED,
        /** The user has the page. */
        WAITING,
        /** The code is with the provider. */
        EXCHANGING,
        /** There are tokens; the provider is asked for a key. */
        EXCHANGED,
        /** The credentials are there, and perhaps nobody was told. */
        WRITTEN
    }

    @BeforeEach
    void startProvider() throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/", this::answer);
        provider.setExecutor(threads);
        provider.start();
    }

    @AfterEach
    void stopProvider() {
        over.countDown();
        provider.stop(0);
        threads.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void the_next_server_tells_it_and_nothing_is_left(Moment moment) throws Exception {
        held = moment;
        Path folder = home.resolve("cache/agent-home/.codex");
        Path file = folder.resolve("auth.json");
        String session = "";
        try (RunningServer server = RunningServer.start(home, settings())) {
            ApiClient api = server.client();
            if (moment == Moment.CREATED) {
                threads.execute(() -> api.post(SESSIONS, body("codex", "auth_code_or_url", "")));
                assertThat(reached.take()).isEqualTo(moment);
            } else {
                JsonNode begun = begin(api);
                session = begun.get("session_id").stringValue();
                if (moment != Moment.WAITING) {
                    String state = begun.get("auth_url").stringValue().replaceAll(".*[?&]state=([^&]+).*", "$1");
                    threads.execute(() -> api.get("/auth/callback?code=the-code&state=" + state));
                    if (moment == Moment.WRITTEN) {
                        while (!Files.exists(file)) {
                            Thread.onSpinWait();
                        }
                    } else {
                        assertThat(reached.take()).isEqualTo(moment);
                    }
                }
            }
            server.kill();
        }
        held = Moment.WRITTEN;
        List<String> left = names(folder);
        try (RunningServer server = RunningServer.start(home, settings())) {
            ApiClient api = server.client();
            if (!session.isEmpty()) {
                JsonNode told = api.get(SESSIONS + "/" + session).json();
                String status = told.get("status").stringValue();
                assertThat(status).isIn(moment == Moment.WRITTEN ? List.of("failed", "succeeded") : List.of("failed"));
                if (status.equals("failed")) {
                    assertThat(told.get("error_code").stringValue()).isEqualTo("ORCHESTRATOR_RESTART_INTERRUPTED");
                }
                assertThat(told.toString()).doesNotContain("the-access", "the-refresh", "the-code");
            }
            assertThat(api.get("/ui/engines/auth/session/active")
                            .json()
                            .get("active")
                            .booleanValue())
                    .isFalse();
            if (moment == Moment.WRITTEN) {
                assertThat(file).content().contains("the-access", "the-refresh").endsWith("}");
            } else {
                assertThat(file).doesNotExist();
            }
            assertThat(names(folder)).as("left: " + left).noneMatch(name -> name.endsWith(".tmp"));
            assertThat(server.log()).doesNotContain("the-access", "the-refresh", "the-code");

            ApiClient.Answer terminal = api.form("/ui/engines/tui/session/start", "engine=codex");
            assertThat(terminal.status()).as(terminal.body()).isNotEqualTo(409);
            JsonNode again = begin(api);
            api.post(SESSIONS + "/" + again.get("session_id").stringValue() + "/cancel", Map.of());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"size=4k", "size=1m,ro"})
    void a_disk_that_takes_no_credentials_is_named_and_what_was_there_stays(String options) throws Exception {
        Path folder = Files.createDirectories(home.resolve("cache/agent-home/.local/share/opencode"));
        String before = "{\"openrouter\": {\"type\": \"api\", \"key\": \"kept\"}}";
        Path content = Files.writeString(home.resolve("content"), before);
        boolean readOnly = options.endsWith(",ro");
        List<String> mounted =
                MountNamespace.after("mount -t tmpfs -o " + options.replace(",ro", "") + " tmpfs '" + folder
                        + "' && cp '" + content + "' '" + folder + "/auth.json'"
                        + (readOnly ? " && mount -o remount,ro '" + folder + "'" : ""));
        try (RunningServer server = RunningServer.start(home, settings(), mounted)) {
            ApiClient api = server.client();
            JsonNode begun =
                    api.post(SESSIONS, body("opencode", "api_key", "deepseek")).json();

            JsonNode ended = api.post(
                            SESSIONS + "/" + begun.get("session_id").stringValue() + "/input",
                            Map.of("kind", "api_key", "value", "a-key-of-deepseek"))
                    .json()
                    .get("session");

            assertThat(ended.get("status").stringValue()).as(ended.toString()).isEqualTo("failed");
            assertThat(ended.get("error_code").stringValue()).isEqualTo("CREDENTIALS_NOT_WRITTEN");
            assertThat(ended.get("error").stringValue())
                    .contains(readOnly ? "Read-only file system" : "the disk is full")
                    .doesNotContain("java.", "Exception", "a-key-of-deepseek");
            Path seen = Path.of("/proc/" + server.pid() + "/root" + folder);
            assertThat(seen.resolve("auth.json")).hasContent(before);
            assertThat(names(seen)).noneMatch(name -> name.endsWith(".tmp"));
            assertThat(server.log()).doesNotContain("a-key-of-deepseek");
            assertThat(api.post(SESSIONS, body("opencode", "api_key", "deepseek"))
                            .status())
                    .isEqualTo(200);
        }
    }

    private static Map<String, Object> body(String engine, String method, String provider) {
        Map<String, Object> body = ScriptedSignIns.body(engine, method, provider);
        body.put("transport", "oauth_proxy");
        return body;
    }

    private static JsonNode begin(ApiClient api) {
        ApiClient.Answer answer = api.post(SESSIONS, body("codex", "callback", ""));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private Map<String, String> settings() {
        String address = "http://127.0.0.1:" + provider.getAddress().getPort();
        return Map.of(
                "SKILL_RUNNER_AUTH_OPENAI_AUTHORIZE_URL", address + "/authorize",
                "SKILL_RUNNER_AUTH_OPENAI_TOKEN_URL", address + "/token",
                "SKILL_RUNNER_AUTH_OPENAI_DEVICE_CODE_URL", address + "/device",
                "SKILL_RUNNER_AUTH_OPENAI_CALLBACK_PORT", "0");
    }

    /** At its moment it holds whoever asks until the end of the test. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Moment now = exchange.getRequestURI().getPath().equals("/device")
                    ? Moment.CREATED
                    : asked.contains("grant_type=authorization_code") ? Moment.EXCHANGING : Moment.EXCHANGED;
            if (now == held) {
                reached.add(now);
                over.await();
                return;
            }
            byte[] body = (now == Moment.EXCHANGING ? TOKENS : "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(now == Moment.EXCHANGING ? 200 : 400, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
