package skillrunner.e2eclient;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may ask the example client, and what its answers allow a browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTest {
    private ScriptedBackend backend;
    private Visitor visitor;

    @BeforeAll
    void start(@TempDir Path recordings) throws IOException {
        backend = Skills.told(ScriptedBackend.start());
        visitor = Visitor.of(backend.address(), recordings);
    }

    @AfterAll
    void stop() {
        visitor.close();
        backend.close();
    }

    @Test
    void pages_run_their_own_scripts_only_and_nothing_is_kept() {
        HttpResponse<String> page = visitor.get("/");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .contains(
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                                + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        assertThat(page.headers().allValues("Content-Security-Policy")).hasSize(1);
        for (String path : List.of("/", "/api/runs/x", "/nothing", "/recordings")) {
            HttpResponse<String> answer = visitor.get(path);
            assertThat(answer.headers().firstValue("Cache-Control")).as(path).contains("no-store");
            assertThat(answer.headers().firstValue("X-Content-Type-Options"))
                    .as(path)
                    .contains("nosniff");
            assertThat(answer.headers().firstValue("X-Frame-Options")).as(path).contains("DENY");
        }
    }

    /** Whoever looks before they fetch must not be told that what is not there is. */
    @Test
    void head_says_what_get_would() {
        backend.json("GET /v1/management/runs/here", "{\"status\": \"running\"}")
                .answer("GET /v1/jobs/here/artifacts/artifacts/a.txt", 200, "text/plain", "the artifact");
        String style = visitor.get("/").body().replaceAll("(?s).*href=\"(/assets/[0-9a-f]+/app.css)\".*", "$1");
        for (String path : List.of(
                "/",
                style,
                "/assets/x/none.css",
                "/nothing",
                "/runs/here",
                "/runs/gone",
                "/runs/here/artifacts/artifacts/a.txt",
                "/runs/here/artifacts/artifacts/b.txt",
                "/runs/gone/bundle",
                "/recordings/gone",
                "/skills/gone/run",
                "/api/runs/here",
                "/api/runs/gone",
                "/api/runs/%20",
                "/api/runs/gone/events",
                "/api/recordings/gone")) {
            HttpResponse<String> get = visitor.get(path);
            HttpResponse<String> head = visitor.head(path);
            assertThat(head.statusCode()).as(path).isEqualTo(get.statusCode());
            assertThat(head.headers().firstValue("Content-Type"))
                    .as(path)
                    .isEqualTo(get.headers().firstValue("Content-Type"));
            assertThat(head.body()).as(path).isEmpty();
        }
        visitor.head("/runs/here/result");
        assertThat(visitor.get("/recordings/here").statusCode()).isEqualTo(404);
    }

    @Test
    void assets_may_be_kept_for_ever_at_their_present_address_only() {
        String page = visitor.get("/").body();
        String style = page.replaceAll("(?s).*href=\"(/assets/[0-9a-f]+/app.css)\".*", "$1");
        assertThat(visitor.get(style).headers().firstValue("Cache-Control").orElse(""))
                .contains("immutable");
        assertThat(visitor.get("/assets/old/app.css").headers().firstValue("Cache-Control"))
                .contains("no-cache");
        assertThat(visitor.get("/assets/old/none.css").statusCode()).isEqualTo(404);
        assertThat(visitor.get("/assets/old/..%2Fmessages_en.properties").statusCode())
                .isIn(400, 404);
    }

    @Test
    void every_script_that_a_page_names_is_there() {
        String prefix = visitor.get("/").body().replaceAll("(?s).*href=\"(/assets/[0-9a-f]+/)app.css\".*", "$1");
        for (String name : List.of(
                "app.js", "form.js", "run.js", "question.js", "output.js", "replay.js", "times.js", "icon.svg")) {
            assertThat(visitor.get(prefix + name).statusCode()).as(name).isEqualTo(200);
        }
    }

    @Test
    void a_page_of_another_site_cannot_have_a_browser_send_anything() {
        for (String[] header : new String[][] {
            {"Origin", "http://evil.example"},
            {"Origin", "null"},
            {"Sec-Fetch-Site", "cross-site"},
            {"Sec-Fetch-Site", "same-site"}
        }) {
            HttpRequest.Builder post = visitor.request("/api/runs/r-1/reply")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{}"));
            assertThat(visitor.send(post.header(header[0], header[1]).build()).statusCode())
                    .as(header[1])
                    .isEqualTo(403);
        }
        assertThat(backend.asked("POST")).isEmpty();
        assertThat(visitor.send(visitor.request("/preferences")
                                .header("Origin", "http://127.0.0.1:" + visitor.port())
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString("theme=dark"))
                                .build())
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void a_name_that_is_none_of_ours_is_not_served() throws IOException {
        assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
        assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example:80\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
        for (String ours : List.of("localhost", "client.example:1", "CLIENT.EXAMPLE", "[::1]:8011", "10.0.0.1")) {
            assertThat(raw("GET /recordings HTTP/1.1\r\nHost: " + ours + "\r\nConnection: close\r\n\r\n"))
                    .as(ours)
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void bodies_are_bounded_everywhere() {
        String large = "language=zh&back=" + "x".repeat(1 << 17);
        assertThat(visitor.post("/preferences", "application/x-www-form-urlencoded", large)
                        .statusCode())
                .isEqualTo(413);
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), visitor.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .lines()
                    .collect(Collectors.joining("\n"));
        }
    }
}
