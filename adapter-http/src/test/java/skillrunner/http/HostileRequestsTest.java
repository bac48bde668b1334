package skillrunner.http;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests that no well-meaning client sends, byte by byte, on every route. */
class HostileRequestsTest extends HttpTestBed {
    private static final List<String> PATHS = List.of(
            "/healthz", "/", "/ui", "/ui/runs", "/v1/skills/demo", JOB, JOB + "/artifacts/artifacts/a", "/v1/nothing");

    HostileRequestsTest(@TempDir Path temporary) {
        super(temporary);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%u002e",
                "%u002e%u002e",
                "%U0041",
                "%",
                "%2",
                "%zz",
                "%c0%ae",
                "%c0%af",
                "%e0%80%ae",
                "%f0%80%80%ae",
                "%ff",
                "%fe",
                "%80",
                "%c3",
                "%ed%a0%80",
                "%f4%90%80%80",
                "%00",
                "a%00b"
            })
    void an_encoding_that_readers_read_differently_is_refused_in_path_and_query(String encoded) throws Exception {
        for (String path : PATHS) {
            assertProblem(RawHttp.get(api.port(), path + "/" + encoded));
            assertProblem(RawHttp.get(api.port(), path + "?path=" + encoded));
            assertProblem(RawHttp.get(api.port(), path + "?" + encoded + "=1"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%e6%97%a5", "%F0%9F%99%82", "a%20b", "%c3%a9", "a+b"})
    void a_well_encoded_name_is_read(String encoded) throws Exception {
        queued();

        assertThat(RawHttp.get(api.port(), JOB + "/artifacts/artifacts/" + encoded)
                        .status())
                .isEqualTo(404);
        assertThat(RawHttp.get(api.port(), "/v1/management/runs?x=" + encoded).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /healthz\r\n\r\n",
                "GET /healthz HTTP/0.9\r\nHost: localhost\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /healthz HTTP/7.0\r\nHost: localhost\r\n\r\n",
                "GET /healthz HTTP/1.1 x\r\nHost: localhost\r\n\r\n",
                "G\u0000T /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: localhost\r\nbad header\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: a\r\n folded\r\n\r\n",
                "POST /v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
                "POST /v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST /v1/jobs HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n",
                "POST /v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"
            })
    void what_is_no_http_of_ours_is_a_bad_request(String request) throws Exception {
        RawHttp answer = RawHttp.send(api.port(), request);

        assertThat(answer.status()).as(answer.head()).isIn(400, 505);
        assertThat(answer.head()).doesNotContain("Jetty", "text/html");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " HTTP/0.9",
                " HTTP/1.2",
                " HTTP/2",
                " HTTP/2.0",
                " HTTP/3",
                " HTTP/3.0",
                " HTTP/7.0",
                " HTTP/11",
                " HTTP/",
                " HTTQ/1.1",
                " 1.1",
                ""
            })
    void another_version_of_http_is_a_bad_request_on_every_path(String version) throws Exception {
        for (String path : PATHS) {
            for (String method : List.of("GET", "POST")) {
                String line = method + " " + path + version;
                RawHttp answer = RawHttp.send(
                        api.port(), line + "\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

                assertThat(answer.status()).as(line).isIn(400, 505);
                assertThat(answer.head()).as(line).contains("problem+json").doesNotContain("Jetty");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%zz",
                "/%",
                "/%u002e",
                "/%00",
                "/..",
                "/../x",
                "/healthz#x",
                "/a b",
                "//",
                "http://u@h/",
                "x",
                "*",
                "/v1/nothing",
                "/healthz HTTP/7.0",
                "/healthz HTTP/0.9"
            })
    void no_answer_to_head_has_a_body_whatever_is_wrong_with_its_address(String target) throws Exception {
        assertNoBody(RawHttp.send(api.port(), RawHttp.request("HEAD", target)));
        assertNoBody(RawHttp.send(api.port(), "\r\n" + RawHttp.request("HEAD", target)));

        RawHttp both = RawHttp.send(
                api.port(), "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n" + RawHttp.request("HEAD", target));
        assertThat(both.body()).startsWith("{\"status\":\"ok\"}HTTP/1.1 4").endsWith("\r\n\r\n");
    }

    @Test
    void only_the_answer_to_head_has_no_body() throws Exception {
        for (String method : List.of("GET", "HEADS", "HEA", "DELETE")) {
            RawHttp answer = RawHttp.send(api.port(), RawHttp.request(method, "/%zz"));
            assertThat(answer.body()).as(method).contains("REQUEST_INVALID");
        }
        assertThat(RawHttp.send(
                                api.port(),
                                "HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n" + RawHttp.request("GET", "/%zz"))
                        .body())
                .startsWith("HTTP/1.1 400 ")
                .contains("REQUEST_INVALID");
    }

    @Test
    void no_answer_to_head_has_a_body_however_long_its_address_and_however_it_comes() throws Exception {
        assertNoBody(RawHttp.send(api.port(), RawHttp.request("HEAD", "/" + "x".repeat(20_000))));
        try (Socket socket = RawHttp.open(api.port(), "")) {
            socket.setTcpNoDelay(true);
            for (byte next : "HEAD /%zz HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII)) {
                socket.getOutputStream().write(next);
            }
            assertNoBody(RawHttp.parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)));
        }
    }

    private static void assertNoBody(RawHttp answer) {
        assertThat(answer.status()).isGreaterThanOrEqualTo(400);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void http_1_0_needs_a_host_as_well() throws Exception {
        assertThat(RawHttp.send(api.port(), "GET /healthz HTTP/1.0\r\n\r\n").status())
                .isEqualTo(421);
        assertThat(RawHttp.send(api.port(), "GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void other_methods_are_answered_and_change_nothing() throws Exception {
        queued();
        for (String path : List.of("/healthz", "/ui/runs", JOB, JOB + "/logs", "/v1/management/runs")) {
            RawHttp head = RawHttp.send(api.port(), RawHttp.request("HEAD", path));
            assertThat(head.status()).as(path).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            for (String method : List.of("OPTIONS", "TRACE", "PUT", "PROPFIND", "get")) {
                RawHttp answer = RawHttp.send(
                        api.port(), RawHttp.request(method, path, "X-Secret: s3cret", "Content-Length: 0"));
                assertThat(answer.status()).as(method + " " + path).isIn(400, 404, 405);
                assertThat(answer.head())
                        .as(method + " " + path)
                        .contains(path.startsWith("/ui") && answer.status() != 400 ? "text/html" : "problem+json");
                assertThat(answer.body()).doesNotContain("s3cret");
            }
        }
    }

    @Test
    void a_second_method_in_a_header_is_refused() throws Exception {
        queued();
        for (String method : List.of("GET", "POST", "DELETE")) {
            for (String path : List.of("/healthz", "/v1/jobs", JOB + "/cancel", "/ui/runs")) {
                RawHttp answer = RawHttp.send(
                        api.port(),
                        RawHttp.request("POST", path, "X-HTTP-Method-Override: " + method, "Content-Length: 0"));
                assertThat(answer.status()).as(path).isEqualTo(400);
            }
        }
    }

    @Test
    void heads_over_the_limit_are_refused() throws Exception {
        assertThat(RawHttp.get(api.port(), "/" + "x".repeat(20_000)).status()).isIn(400, 414);
        assertThat(RawHttp.get(api.port(), "/healthz", "X: " + "x".repeat(20_000))
                        .status())
                .isIn(400, 431);
    }

    @Test
    void json_that_is_no_utf_8_is_refused_and_not_mended() throws Exception {
        for (String bytes : List.of("\u00ff", "\u00c3", "\u00c0\u00ae", "\u00ed\u00a0\u0080", "\u00e9", "\u0080")) {
            assertInvalid("{\"skill_id\":\"demo\",\"model\":\"" + bytes + "\"}");
            assertInvalid("{\"skill_id\":\"demo\",\"parameter\":{\"" + bytes + "\":1}}");
            assertInvalid("{\"skill_id\":\"demo\"}" + bytes);
        }
        assertInvalid(
                new String("{\"skill_id\":\"demo\"}".getBytes(StandardCharsets.UTF_16), StandardCharsets.ISO_8859_1));
        assertThat(core.runs.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"skill_id\":\"demo\",\"parameter\":{\"x\":\"\\ud800\"}}",
                "{\"skill_id\":\"demo\",\"parameter\":{\"x\":[\"a\\udc00b\"]}}",
                "{\"skill_id\":\"demo\",\"parameter\":{\"\\ud800\":1}}",
                "{\"skill_id\":\"demo\",\"input\":{\"x\":\"\\u0000\"}}",
                "{\"skill_id\":\"demo\",\"model\":\"a\\u0000b\"}",
                "{\"skill_id\":\"demo\",\"parameter\":{\"x\":1,\"x\":2}}",
                "{\"skill_id\":\"demo\",\"parameter\":{\"x\":1e999999999}}",
                "{\"skill_id\":\"demo\",\"parameter\":{\"x\":1e2147483648}}",
                "{\"skill_id\":\"demo\",\"parameter\":{\"x\":1e-99999999999}}",
                "{\"skill_id\":\"demo\",\"parameter\":{\"x\":NaN}}"
            })
    void what_could_not_be_passed_on_as_it_is_is_refused(String body) throws Exception {
        assertInvalid(body);
        assertThat(core.runs.requests()).isEmpty();
    }

    @Test
    void nesting_and_numbers_without_end_are_refused() throws Exception {
        assertInvalid("{\"skill_id\":\"demo\",\"input\":" + "[".repeat(4_000));
        assertInvalid("{\"skill_id\":\"demo\",\"input\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}");
        assertInvalid("{\"skill_id\":\"demo\",\"parameter\":{\"x\":" + "9".repeat(5_000) + "}}");
    }

    @Test
    void a_byte_order_mark_is_passed_over() throws Exception {
        assertThat(create("\u00ef\u00bb\u00bf{\"skill_id\":\"demo\"}").status()).isEqualTo(200);
    }

    @Test
    void nothing_long_comes_back_whole() throws Exception {
        String text = "m".repeat(9_000);
        List<RawHttp> answers = new ArrayList<>();
        for (String field : List.of("engine", "model", "execution_mode", "unknown")) {
            answers.add(create("{\"skill_id\":\"demo\",\"" + field + "\":\"" + text + "\"}"));
            answers.add(create("{\"skill_id\":\"demo\",\"" + text + "\":1}"));
            answers.add(create("{\"skill_id\":\"demo\",\"runtime_options\":{\"" + text + "\":1}}"));
            answers.add(create("{\"skill_id\":\"demo\",\"runtime_options\":{\"execution_mode\":\"" + text + "\"}}"));
        }
        answers.add(create("{\"skill_id\":\"" + text + "\"}"));
        for (String path : List.of("/v1/jobs/", "/v1/skills/", "/v1/nothing/", "/ui/runs/", "/ui/skills/")) {
            answers.add(RawHttp.get(api.port(), path + text.substring(0, 7_000)));
        }
        for (RawHttp answer : answers) {
            assertThat(answer.status()).isIn(400, 404);
            assertThat(answer.body()).doesNotContain("m".repeat(2_001));
        }
    }

    @Test
    void of_a_thousand_wrong_fields_a_hundred_are_named() throws Exception {
        StringBuilder body = new StringBuilder("{\"skill_id\":\"demo\"");
        for (int i = 0; i < 900; i++) {
            body.append(",\"f").append(i).append("\":1");
        }
        RawHttp answer = create(body.append("}").toString());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(json(answer.body(), "errors").size()).isEqualTo(100);
    }

    private void assertInvalid(String body) throws Exception {
        RawHttp answer = create(body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer.body(), "code").stringValue()).isEqualTo("REQUEST_INVALID");
    }

    private static JsonNode json(String document, String member) {
        return json(document).get(member);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=other",
                "multipart/form-data; boundary=\"",
                "multipart/form-data; boundary=\"b",
                "multipart/form-data; boundary='",
                "multipart/form-data; boundary=;",
                "multipart/form-data; boundary= ",
                "multipart/form-data; boundary",
                "multipart/form-data; boundary=b"
            })
    void a_multipart_body_without_boundary_or_end_is_refused(String type) throws Exception {
        queued();
        String cut = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"in.zip\"\r\n\r\nPK";
        for (String body : List.of(cut, cut + "\r\n--b", "PK", "\r\n")) {
            String request = RawHttp.request(
                            "POST", JOB + "/upload", "Content-Type: " + type, "Content-Length: " + body.length())
                    + body;

            RawHttp answer = RawHttp.send(api.port(), request);

            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(json(answer.body()).get("code").stringValue()).isEqualTo("REQUEST_INVALID");
            assertThat(answer.body()).contains("no boundary or no end");
        }
    }

    /** Each character of the body is one byte. */
    private RawHttp create(String body) throws Exception {
        return RawHttp.send(
                api.port(),
                RawHttp.request(
                                "POST",
                                "/v1/jobs",
                                "Content-Type: application/json",
                                "Content-Length: " + body.length())
                        + body);
    }

    private static void assertProblem(RawHttp answer) {
        assertThat(answer.status()).as(answer.head()).isEqualTo(400);
        assertThat(answer.head()).containsAnyOf("application/problem+json", "text/html");
    }
}
