package skillrunner.http;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** There are as many connections as there may be, and most of them do nothing worth waiting for. */
class FullConnectionTableTest extends HttpTestBed {
    private static final int CONNECTIONS = 32;

    FullConnectionTableTest(@TempDir Path temporary) {
        super(temporary, CONNECTIONS);
    }

    @Test
    void who_has_no_request_makes_room_and_who_has_one_is_not_hurried() throws Exception {
        queued();
        String end = "\r\n--b--\r\n";
        String begin = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"in.zip\"\r\n\r\n";
        String head = "POST " + JOB + "/upload HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: "
                + (begin.length() + 40_000 + end.length()) + "\r\n\r\n";
        try (Socket body = RawHttp.open(api.port(), head + begin + "x".repeat(39_000));
                EventClient stream = new EventClient(api.port(), JOB + "/events");
                DrippingClients heads =
                        DrippingClients.open(api.port(), CONNECTIONS - 2, "GET /healthz HTTP/1.1\r\nHost: local")) {
            assertThat(stream.next().orElseThrow().name()).isEqualTo("snapshot");

            // Waits until there is room.
            assertThat(get("/healthz").statusCode()).isEqualTo(200);

            body.getOutputStream().write(("x".repeat(1_000) + end).getBytes(StandardCharsets.ISO_8859_1));
            assertThat(new String(body.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .as("a body whose client paused meanwhile")
                    .startsWith("HTTP/1.1 4")
                    .contains("RUN_ALREADY_STARTED");
            assertThat(stream.any().orElseThrow().name()).isEqualTo("heartbeat");
            await().atMost(Duration.ofSeconds(60)).until(() -> heads.open() < CONNECTIONS - 2);
        }
    }
}
