package skillrunner.http;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.http.access.AccessRule;
import skillrunner.http.access.AccessScope;
import skillrunner.http.access.Credentials;
import skillrunner.http.page.Pages;
import skillrunner.testkit.clock.ManualClock;

import static org.assertj.core.api.Assertions.assertThat;

/** The framework looks up web sockets on a way of its own; the same guards stand there. */
class WebSocketGuardsTest {
    private static final String PATH = "/ui/socket";
    private static final String RIGHT = "Authorization: " + BasicAuthTest.basic("admin:x");

    @TempDir
    private Path temporary;

    private HttpServer api;

    @BeforeEach
    void start() {
        HttpSettings settings = new HttpSettings(
                "127.0.0.1",
                0,
                Set.of(),
                Optional.of(new AccessRule(AccessScope.UI, Credentials.of("admin", "x"))),
                1_000,
                1_000,
                1_000_000,
                100,
                temporary,
                1,
                1,
                Duration.ofSeconds(1),
                Duration.ofHours(1),
                Duration.ofSeconds(20));
        api = HttpServer.create(
                settings,
                new ManualClock(),
                List.of(routes -> routes.ws(PATH, socket -> {})),
                new Pages(false),
                List.of());
        api.start();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void no_socket_opens_without_a_password_or_for_another_host() throws Exception {
        assertThat(connect("Host: localhost")).isEqualTo(401);
        assertThat(connect("Host: localhost", "Authorization: Bearer x")).isEqualTo(401);
        assertThat(connect("Host: evil.example", RIGHT)).isEqualTo(421);
    }

    @Test
    void no_page_of_another_origin_opens_a_socket_even_with_the_password() throws Exception {
        assertThat(connect("Host: localhost", RIGHT, "Origin: http://evil.example"))
                .isEqualTo(403);
        assertThat(connect("Host: localhost", RIGHT, "Sec-Fetch-Site: cross-site"))
                .isEqualTo(403);
    }

    @Test
    void with_the_password_a_page_of_ours_opens_one() throws Exception {
        assertThat(connect("Host: localhost", RIGHT, "Origin: http://localhost"))
                .isEqualTo(101);
    }

    /** Asks for a socket. @return the status of the answer */
    private int connect(String... headers) throws IOException {
        String request = "GET " + PATH + " HTTP/1.1\r\n" + String.join("\r\n", headers)
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
        try (Socket socket = RawHttp.open(api.port(), request)) {
            byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 101".length());
            return Integer.parseInt(new String(line, StandardCharsets.US_ASCII).substring("HTTP/1.1 ".length()));
        }
    }
}
