package skillrunner.e2eclient;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The stream of a run's events, passed on. */
class EventRelayTest {
    private static final String EVENTS = "GET /v1/management/runs/r-1/events";
    private static final String SSE = "text/event-stream";

    @TempDir
    Path recordings;

    private ScriptedBackend backend;
    private Visitor visitor;

    @BeforeEach
    void start() throws IOException {
        backend = ScriptedBackend.start();
        visitor = Visitor.impatient(backend.address(), recordings);
    }

    @AfterEach
    void stop() {
        visitor.close();
        backend.close();
    }

    @Test
    void a_query_that_is_none_is_refused_before_anybody_is_asked() throws IOException {
        for (String query : List.of("stdout_from=0|1", "stdout_from={}", "stdout_from=%", "a=\"<>^`")) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), visitor.port())) {
                socket.getOutputStream()
                        .write(("GET /api/runs/r-1/events?" + query
                                        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.UTF_8));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .as(query)
                        .startsWith("HTTP/1.1 400 ");
            }
        }
        assertThat(backend.asked()).isEmpty();
    }

    @Test
    void bytes_pass_unchanged_with_the_query_and_the_last_id() {
        String stream =
                "id: 5\nevent: stdout\ndata: {\"from\": 0, \"to\": 3, \"chunk\": \"\u00e4\\n<script>\"}\n\n: note\n\n"
                        + "event: end\r\ndata: {\"reason\": \"terminal\"}\r\n\r\n";
        backend.answer(EVENTS, 200, SSE, stream);
        HttpResponse<String> answer =
                visitor.send(visitor.request("/api/runs/r-1/events?stdout_from=3&stderr_from=4&streams=log,chat")
                        .header("Last-Event-ID", "5")
                        .GET()
                        .build());
        assertThat(answer.body()).isEqualTo(stream);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(SSE);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        ScriptedBackend.Asked asked = backend.asked().get(0);
        assertThat(asked.what()).isEqualTo(EVENTS + "?stdout_from=3&stderr_from=4&streams=log,chat");
        assertThat(asked.headers()).containsEntry("last-event-id", "5").containsEntry("accept", SSE);
    }

    @Test
    void an_event_arrives_while_the_next_one_is_still_to_come() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        backend.stream(EVENTS, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", SSE);
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            out.write("data: 1\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            try {
                seen.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            out.write("data: 2\n\n".getBytes(StandardCharsets.UTF_8));
        });
        HttpResponse<InputStream> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + visitor.port() + "/api/runs/r-1/events"))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertThat(new String(answer.body().readNBytes(9), StandardCharsets.UTF_8))
                .isEqualTo("data: 1\n\n");
        seen.countDown();
        assertThat(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("data: 2\n\n");
    }

    @Test
    void a_refusal_is_told_inside_the_stream() {
        backend.answer(
                EVENTS,
                404,
                "application/problem+json",
                "{\"code\": \"REQUEST_NOT_FOUND\", \"detail\": \"no \\\"such\\\"\\nrun\"}");
        HttpResponse<String> answer = visitor.get("/api/runs/r-1/events");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("event: error\ndata: {\"error\":\"no \\\"such\\\"\\nrun\",\"status_code\":404}\n\n");
    }

    @Test
    void a_stream_that_breaks_ends_with_an_event_and_never_with_half_of_one() {
        backend.stream(EVENTS, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", SSE);
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("data: 1\n\ndata: {\"hal".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        });
        String body = visitor.get("/api/runs/r-1/events").body();
        assertThat(body)
                .startsWith("data: 1\n\nevent: error\ndata: {\"error\":\"")
                .contains("\"status_code\":502");
    }

    @Test
    void what_is_no_stream_and_what_never_says_anything_is_told_as_well() {
        backend.answer(EVENTS, 200, "text/html", "<script>alert(1)</script>\n\n");
        assertThat(visitor.get("/api/runs/r-1/events").body())
                .startsWith("event: error\n")
                .doesNotContain("<script>");
        backend.stream(EVENTS, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", SSE);
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
            try {
                Thread.currentThread().join(30_000);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        assertThat(visitor.get("/api/runs/r-1/events").body()).contains("nothing came for 2 s");
    }

    @Test
    void a_server_that_is_away_is_told_inside_the_stream() throws IOException {
        try (Visitor lonely = Visitor.of(URI.create("http://127.0.0.1:1"), recordings)) {
            assertThat(lonely.get("/api/runs/r-1/events").body())
                    .startsWith(
                            "event: error\ndata: {\"error\":\"The server can't be reached: no server answers at http://127.0.0.1:1")
                    .contains("\"status_code\":502");
        }
    }
}
