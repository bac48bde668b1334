package skillrunner.e2eclient;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A server that means harm, or is none: no page hangs, nothing of it is executed, and its bytes are not kept. */
class HostileBackendTest {
    private static final String HTML = "<script>alert(1)</script><img src=x onerror=alert(1)>";

    /** Every address that asks the server something. */
    private static final List<String> ADDRESSES = List.of(
            "/",
            "/skills/every-kind/run",
            "/runs/r-1",
            "/runs/r-1/result",
            "/runs/r-1/bundle/view?path=x",
            "/api/runs/r-1",
            "/api/runs/r-1/pending",
            "/api/runs/r-1/bundle/entries",
            "/api/runs/r-1/bundle/file?path=x");

    private static final List<String> ASKED = List.of(
            "GET /v1/management/skills",
            "GET /v1/management/skills/every-kind",
            "GET /v1/management/skills/every-kind/schemas",
            "GET /v1/management/engines/codex",
            "GET /v1/management/runs/r-1",
            "GET /v1/management/runs/r-1/pending",
            "GET /v1/management/runs/r-1/files",
            "GET /v1/management/runs/r-1/file",
            "GET /v1/jobs/r-1/result",
            "GET /v1/jobs/r-1/artifacts");

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
    void no_json_a_redirect_or_an_odd_status_is_no_answer() {
        for (String body :
                List.of("", HTML, "{", "{} trailing", "[".repeat(10_000), "{\"a\":1e" + "9".repeat(500) + "}")) {
            everywhere(exchange -> send(exchange, 200, "application/json", body));
            assertEachAnswers(502, body);
        }
        everywhere(exchange -> {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/secret");
            exchange.sendResponseHeaders(302, -1);
        });
        assertEachAnswers(502, "redirect");
    }

    @Test
    void a_refusal_in_html_keeps_its_status_and_none_of_its_words() {
        everywhere(exchange -> send(exchange, 503, "text/html", HTML));
        for (String address : ADDRESSES) {
            HttpResponse<String> answer = visitor.get(address);
            assertThat(answer.statusCode()).as(address).isEqualTo(503);
            assertThat(answer.body()).as(address).doesNotContain("alert");
        }
    }

    @Test
    void an_answer_that_is_too_large_or_has_no_end_is_let_go() {
        everywhere(HostileBackendTest::endless);
        assertEachAnswers(502, "endless");
    }

    @Test
    void an_answer_that_never_comes_is_not_waited_for() {
        backend.stream("GET /v1/management/runs/r-1", HostileBackendTest::drip);
        HttpResponse<String> answer = visitor.get("/api/runs/r-1");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("did not finish its answer within 2 seconds");
    }

    /** The job is there, and the person is told at the form that its files are not. */
    @Test
    @Timeout(60)
    void an_upload_that_is_swallowed_is_not_waited_for() {
        Skills.told(backend).json("POST /v1/jobs", "{\"request_id\": \"r-1\", \"status\": null}").stream(
                "POST /v1/jobs/r-1/upload", HostileBackendTest::never);
        HttpResponse<String> answer =
                visitor.submit("/skills/every-kind/run", Skills.valid(), Map.of("file__paper/x", "the paper"));
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("has not answered for 2 s", "words</textarea>");
        assertThat(visitor.get("/api/recordings/r-1").body()).contains("\"action\":\"upload\",\"status\":\"error\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "3",
                "\"text\"",
                "[]",
                "{}",
                "[[[]]]",
                "{\"skills\": 3}",
                "{\"skills\": [null, 3, {\"id\": {}}]}",
                "{\"input\": {\"properties\": {\"a\": 3}, \"required\": 7}, \"parameter\": [], \"effective_engines\": {\"a\": 1}}",
                "{\"result\": 3, \"artifacts\": {\"a\": 1}, \"entries\": [3, {\"rel_path\": 3}], \"preview\": 3, \"runs\": \"x\"}"
            })
    void values_of_the_wrong_kind_break_nothing(String body) {
        everywhere(exchange -> send(exchange, 200, "application/json", body));
        for (String address : ADDRESSES) {
            assertThat(visitor.get(address).statusCode()).as(address).isIn(200, 502);
        }
        assertThat(visitor.get("/runs").statusCode()).isEqualTo(200);
    }

    @Test
    void markup_in_every_text_is_shown_as_text() throws IOException {
        String text = "\"" + HTML + "\\u202e\"";
        String anything =
                "{\"id\": \"every-kind\", \"name\": T, \"description\": T, \"version\": T, \"health\": T, \"health_error\": T,"
                        + "\"effective_engines\": [\"codex\", T], \"execution_modes\": [\"auto\", T], \"status\": T, \"skill_id\": T, \"engine\": T,"
                        + "\"error\": {\"code\": T, \"message\": T},"
                        + "\"skills\": [{\"id\": T, \"name\": T, \"description\": T, \"health\": T, \"health_error\": T, \"effective_engines\": [T]}],"
                        + "\"models\": [{\"id\": T, \"display_name\": T, \"provider\": T, \"supported_effort\": [T]}],"
                        + "\"input\": {\"properties\": {K: {\"x-input-source\": \"inline\", \"title\": T, \"description\": T, \"default\": T},"
                        + " \"f\": {\"title\": T}, \"e\": {\"x-input-source\": \"inline\", \"enum\": [T, {K: T}]}}},"
                        + "\"result\": {\"status\": T, K: T}, \"artifacts\": [\"artifacts/\"], \"runs\": [{\"request_id\": T, \"status\": T}],"
                        + "\"entries\": [{\"rel_path\": T, \"name\": T, \"is_dir\": false, \"depth\": 999999999}],"
                        + "\"preview\": {\"mode\": \"text\", \"content\": T, \"meta\": T}}";
        String body = anything.replace("T,", text + ",")
                .replace("T}", text + "}")
                .replace("T]", text + "]")
                .replace("K:", text + ":");
        everywhere(exchange -> send(exchange, 200, "application/json", body));
        visitor.post("/api/runs/r-1/reply", "application/json", "{\"response\": \"" + HTML + "\"}");
        for (String address : List.of(
                "/",
                "/skills/every-kind/run",
                "/runs",
                "/runs/r-1",
                "/runs/r-1/result",
                "/runs/r-1/bundle/view?path=x",
                "/recordings",
                "/recordings/r-1")) {
            HttpResponse<String> page = visitor.get(address);
            assertThat(page.statusCode()).as(address).isEqualTo(200);
            assertThat(page.body()).as(address).doesNotContain("<script>alert", "<img src=x");
            // What stands in a field is sent back as it came, and turns nothing outside of it.
            if (!address.endsWith("/run")) {
                assertThat(page.body()).as(address).doesNotContain("\u202e");
            }
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .startsWith("default-src 'none'; script-src 'self'");
        }
    }

    @Test
    void an_artifact_without_an_end_is_not_kept_in_memory() throws Exception {
        backend.stream("GET /v1/jobs/r-1/artifacts/artifacts/big", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] piece = new byte[1 << 20];
            OutputStream out = exchange.getResponseBody();
            for (int i = 0; i < 300; i++) {
                out.write(piece);
            }
        });
        long before = used();
        java.net.http.HttpResponse<java.io.InputStream> answer = java.net.http.HttpClient.newHttpClient()
                .send(
                        java.net.http.HttpRequest.newBuilder(java.net.URI.create(
                                        "http://127.0.0.1:" + visitor.port() + "/runs/r-1/artifacts/artifacts/big"))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        long passed = 0;
        byte[] buffer = new byte[1 << 16];
        for (int count = answer.body().read(buffer);
                count >= 0;
                count = answer.body().read(buffer)) {
            passed += count;
        }
        assertThat(passed).isEqualTo(300L << 20);
        assertThat(used() - before).isLessThan(64L << 20);
    }

    @Test
    void an_artifact_that_is_cut_off_does_not_look_complete() {
        backend.stream("GET /v1/jobs/r-1/artifacts/artifacts/cut", exchange -> {
            exchange.sendResponseHeaders(200, 1 << 20);
            exchange.getResponseBody().write(new byte[100]);
            exchange.getResponseBody().flush();
        });
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> visitor.get("/runs/r-1/artifacts/artifacts/cut")))
                .isNotNull();
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void everywhere(ScriptedBackend.Answer answer) {
        ASKED.forEach(what -> backend.stream(what, answer));
    }

    private void assertEachAnswers(int status, String what) {
        for (String address : ADDRESSES) {
            HttpResponse<String> answer = visitor.get(address);
            assertThat(answer.statusCode()).as(address + " to " + what).isEqualTo(status);
            assertThat(answer.body()).doesNotContain("<script>alert");
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void endless(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        byte[] piece = new byte[1 << 16];
        Arrays.fill(piece, (byte) ' ');
        OutputStream out = exchange.getResponseBody();
        while (!Thread.currentThread().isInterrupted()) {
            out.write(piece);
        }
    }

    private static void never(HttpExchange exchange) throws IOException {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** A byte now and then is no answer. */
    private static void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                out.write(' ');
                out.flush();
                Thread.currentThread().join(100);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
