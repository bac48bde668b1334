package skillrunner.acceptance;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Providers are called through the proxy of the operator: nobody else knows their names. */
class ProxyIT {
    private static final String SESSIONS = "/v1/engines/auth/oauth-proxy/sessions";
    private static final Map<String, String> DEVICE =
            Map.of("engine", "codex", "transport", "oauth_proxy", "auth_method", "auth_code_or_url");
    private static final String LOGIN = "Proxy-Authorization: Basic c29tZWJvZHk6aGlkZGVu";

    @TempDir
    private Path home;

    @Test
    void a_tunnel_is_asked_for_with_user_and_password_which_are_shown_nowhere() throws Exception {
        List<String> heads = new CopyOnWriteArrayList<>();
        try (ServerSocket proxy = refusingProxy(heads)) {
            Map<String, String> settings = Map.of(
                    "HTTPS_PROXY",
                    "http://somebody:hidden@127.0.0.1:" + proxy.getLocalPort(),
                    "SKILL_RUNNER_AUTH_OPENAI_DEVICE_CODE_URL",
                    "https://provider.invalid/device");
            try (RunningServer server = RunningServer.start(home, settings)) {
                ApiClient.Answer refused = server.client().post(SESSIONS, DEVICE);

                assertThat(heads)
                        .singleElement()
                        .asString()
                        .startsWith("CONNECT provider.invalid:443 HTTP/1.1")
                        .containsIgnoringCase(LOGIN);
                assertThat(refused.status()).as(refused.body()).isEqualTo(400);
                assertThat(refused.body())
                        .contains("through the proxy of HTTPS_PROXY (the proxy gave no connection)")
                        .doesNotContain("somebody", "hidden");
                assertThat(server.log())
                        .contains("providers are called through 127.0.0.1:" + proxy.getLocalPort() + " (HTTPS_PROXY)")
                        .doesNotContain("somebody", "hidden");
            }
            Command.Ended doctor = doctor(settings);
            assertThat(doctor.out())
                    .containsPattern("proxy +ok +providers are called through 127\\.0\\.0\\.1:" + proxy.getLocalPort()
                            + " of HTTPS_PROXY with its user and password")
                    .doesNotContain("somebody", "hidden");
        }
    }

    @Test
    void a_plain_address_is_asked_for_at_the_proxy() throws Exception {
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/device", exchange -> {
            try (exchange) {
                byte[] answer = "{\"device_auth_id\":\"one\",\"user_code\":\"ABCD-EFGH\",\"interval\":60}"
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        proxy.start();
        try (RunningServer server = RunningServer.start(
                home,
                Map.of(
                        "http_proxy",
                        "127.0.0.1:" + proxy.getAddress().getPort(),
                        "SKILL_RUNNER_AUTH_OPENAI_DEVICE_CODE_URL",
                        "http://provider.invalid/device"))) {
            ApiClient.Answer begun = server.client().post(SESSIONS, DEVICE);

            assertThat(begun.status()).as(begun.body()).isEqualTo(200);
            assertThat(begun.json().get("user_code").stringValue()).isEqualTo("ABCD-EFGH");
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void what_can_be_no_proxy_stops_the_start_without_its_value() throws Exception {
        Command.Ended ended =
                Command.run(RunningServer.environment(home, Map.of("ALL_PROXY", "http://somebody:hidden")), "serve");

        assertThat(ended.code()).isEqualTo(78);
        assertThat(ended.all()).contains("ALL_PROXY=*** is not usable: ").doesNotContain("somebody", "hidden");
    }

    @Test
    void a_proxy_of_another_kind_is_for_other_programs() throws Exception {
        Map<String, String> settings = Map.of("ALL_PROXY", "socks5://somebody:hidden@127.0.0.1:1");
        try (RunningServer server = RunningServer.start(home, settings)) {
            assertThat(server.log())
                    .contains("ALL_PROXY names a proxy that is none of HTTP")
                    .doesNotContain("hidden");
        }
        assertThat(doctor(settings).out())
                .containsPattern("proxy +warning +providers are called directly; ALL_PROXY names a proxy that is none")
                .doesNotContain("hidden");
    }

    private Command.Ended doctor(Map<String, String> settings) throws Exception {
        return Command.run(RunningServer.environment(home, settings), "doctor");
    }

    private static ServerSocket refusingProxy(List<String> heads) throws IOException {
        ServerSocket proxy = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(
                () -> {
                    while (!proxy.isClosed()) {
                        try (Socket client = proxy.accept()) {
                            heads.add(head(client.getInputStream()));
                            client.getOutputStream()
                                    .write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"
                                            .getBytes(StandardCharsets.US_ASCII));
                        } catch (IOException e) {
                            // Closed, by one side or the other.
                        }
                    }
                },
                "proxy");
        thread.setDaemon(true);
        thread.start();
        return proxy;
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (head.indexOf("\r\n\r\n") >= 0) {
                break;
            }
        }
        return head.toString();
    }
}
