package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.http.access.SecurityHeaders;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("one-jdk")
class RefusalsTest extends HttpTestBed {
    RefusalsTest(@TempDir Path temporary) {
        super(temporary);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"skill_id":7}                                    | /skill_id
                    {}                                                | /skill_id
                    {"skill_id":null}                                 | /skill_id
                    {"skill_id":"demo","engine":[]}                   | /engine
                    {"skill_id":"demo","engine":"nobody"}             | /engine
                    {"skill_id":"demo","parameter":[]}                | /parameter
                    {"skill_id":"demo","model":1}                     | /model
                    {"skill_id":"demo","runtime_options":"x"}         | /runtime_options
                    {"skill_id":"demo","await_upload":"true"}         | /await_upload
                    {"skill_id":"demo","a/b~c":1}                     | /a~1b~0c
                    []                                                | ''
                    "text"                                            | ''
                    """)
    void a_wrong_field_is_named_by_its_pointer(String body, String pointer) throws Exception {
        HttpResponse<String> answer = post("/v1/jobs", body);

        assertProblem(answer, 400, "REQUEST_INVALID");
        assertThat(json(answer.body()).get("errors").valueStream())
                .extracting(error -> error.get("pointer").stringValue())
                .containsExactly(pointer);
        assertThat(core.runs.requests()).isEmpty();
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() throws Exception {
        JsonNode errors =
                json(post("/v1/jobs", "{\"engine\":1,\"b\":2,\"a\":3}").body()).get("errors");

        assertThat(errors.valueStream())
                .extracting(error -> error.get("pointer").stringValue())
                .containsExactlyInAnyOrder("/a", "/b", "/engine", "/skill_id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{\"skill_id\":\"demo\"} x", "{'a':1}", "{\"skill_id\":\"a\",\"skill_id\":\"b\"}", "NaN"
            })
    void broken_json_is_a_bad_request(String body) throws Exception {
        assertProblem(post("/v1/jobs", body), 400, "REQUEST_INVALID");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonx", "multipart/form-data"})
    void another_content_type_is_refused(String type) throws Exception {
        assertProblem(
                send("POST", "/v1/jobs", "{\"skill_id\":\"demo\"}", "Content-Type", type),
                415,
                "CONTENT_TYPE_UNSUPPORTED");
    }

    @Test
    void a_charset_may_stand_behind_the_content_type() throws Exception {
        assertThat(send(
                                "POST",
                                "/v1/jobs",
                                "{\"skill_id\":\"demo\"}",
                                "Content-Type",
                                "Application/JSON; charset=utf-8")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_body_over_the_limit_is_refused() throws Exception {
        assertProblem(post("/v1/jobs", "{\"skill_id\":\"" + "x".repeat(MAX_BODY) + "\"}"), 413, "BODY_TOO_LARGE");
    }

    @Test
    void a_skill_that_does_not_exist_is_not_found() throws Exception {
        assertProblem(post("/v1/jobs", "{\"skill_id\":\"none\"}"), 404, "SKILL_NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource({
        "/nothing, ROUTE_NOT_FOUND",
        "/v1, ROUTE_NOT_FOUND",
        "/v1/nothing, ROUTE_NOT_FOUND",
        "/v1/jobs/not-an-id, REQUEST_NOT_FOUND",
        "/v1/jobs/33333333-3333-4333-8333-333333333333, REQUEST_NOT_FOUND",
        "/v1/jobs/33333333-3333-4333-8333-333333333333/result, REQUEST_NOT_FOUND",
        "/v1/jobs/33333333-3333-4333-8333-333333333333/logs, REQUEST_NOT_FOUND",
        "/v1/jobs/33333333-3333-4333-8333-333333333333/artifacts, REQUEST_NOT_FOUND",
        "/v1/jobs/33333333-3333-4333-8333-333333333333/events, REQUEST_NOT_FOUND"
    })
    void what_does_not_exist_is_not_found(String path, String code) throws Exception {
        assertProblem(get(path), 404, code);
    }

    @ParameterizedTest
    @CsvSource({"DELETE,/v1/jobs,POST", "GET,/v1/jobs,POST", "POST,/v1/skills,GET", "PUT,/healthz,GET"})
    void another_method_is_told_which_ones_there_are(String method, String path, String allowed) throws Exception {
        HttpResponse<String> answer = send(method, path, "");

        assertProblem(answer, 405, "METHOD_UNSUPPORTED");
        assertThat(answer.headers().firstValue("Allow").orElse("")).contains(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:8000",
                "127.0.0.1",
                "10.1.2.3:8000",
                "[::1]",
                "[::1]:8000",
                "[fe80::1]",
                "runner.example",
                "Runner.Example:8443"
            })
    void hosts_that_are_ours_are_served(String host) throws Exception {
        assertThat(RawHttp.get(api.port(), "/healthz", "Host: " + host).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "999.999.999.999",
                "127.0.0.256",
                "localhost.",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "evil.example:8000",
                "notrunner.example",
                "runner.example.evil"
            })
    void other_hosts_are_turned_away_before_anything_else(String host) throws Exception {
        for (String path : List.of("/healthz", "/v1/nothing", "/v1/jobs")) {
            RawHttp answer = RawHttp.get(api.port(), path, "Host: " + host);

            assertThat(answer.status()).isEqualTo(421);
            assertThat(answer.body()).contains("HOST_UNKNOWN");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://evil.example",
        "Origin, null",
        "Origin, https://127.0.0.1.evil.example",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site"
    })
    void a_page_of_another_origin_can_change_nothing(String header, String value) throws Exception {
        RawHttp answer = RawHttp.send(
                api.port(),
                RawHttp.request("POST", "/v1/jobs", "Host: 127.0.0.1", header + ": " + value, "Content-Length: 0"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("ORIGIN_FOREIGN");
    }

    @ParameterizedTest
    @CsvSource({"Origin, http://127.0.0.1", "Sec-Fetch-Site, same-origin", "Sec-Fetch-Site, none"})
    void a_page_of_ours_is_served(String header, String value) throws Exception {
        RawHttp answer = RawHttp.send(
                api.port(),
                RawHttp.request("POST", "/v1/jobs", "Host: 127.0.0.1", header + ": " + value, "Content-Length: 0"));

        assertThat(answer.status()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../input.json",
                "/artifacts/../../input.json",
                "/%2e%2e/input.json",
                "/..%2finput.json",
                "/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
                "/artifacts/%2e%2e/%2e%2e/input.json",
                "/artifacts%2f..%2f..%2finput.json",
                "/artifacts/..%5c..%5cinput.json",
                "/artifacts/a%00b",
                "/%2fetc%2fpasswd",
                "//etc/passwd",
                "/artifacts/..;/..;/input.json",
                "/%c0%ae%c0%ae/input.json",
                "/%zz"
            })
    void no_spelling_of_a_path_leads_out_of_the_artifacts(String path) throws Exception {
        queued();

        RawHttp answer = RawHttp.get(api.port(), JOB + "/artifacts" + path);

        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.head()).containsIgnoringCase("Content-Type: application/problem+json");
    }

    @Test
    void every_answer_carries_the_security_headers() throws Exception {
        canceled();
        int port = api.port();
        List<RawHttp> answers = List.of(
                RawHttp.get(port, "/healthz"),
                RawHttp.get(port, "/v1/nothing"),
                RawHttp.get(port, "/v1/jobs"),
                RawHttp.get(port, "/healthz", "Host: evil.example"),
                RawHttp.get(port, JOB + "/artifacts/%2e%2e%2fx"),
                RawHttp.get(port, JOB + "/artifacts/none"),
                RawHttp.get(port, "/%zz"),
                RawHttp.get(port, JOB + "/events"),
                RawHttp.send(port, RawHttp.request("POST", "/v1/jobs", "Content-Length: 0")));

        assertThat(answers)
                .allSatisfy(answer -> SecurityHeaders.VALUES.forEach((name, value) -> {
                    boolean stream = answer.head().contains("text/event-stream");
                    assertThat(answer.has(name, stream && name.equals("Cache-Control") ? "no-cache" : value))
                            .as(name + " in " + answer.head())
                            .isTrue();
                }))
                .noneMatch(answer -> answer.head().contains("\nServer:"));
    }

    @Test
    void no_answer_says_a_security_header_twice() throws Exception {
        canceled();
        int port = api.port();
        List<RawHttp> answers = List.of(
                RawHttp.get(port, "/healthz"),
                RawHttp.get(port, "/ui/runs"),
                RawHttp.get(port, "/v1/nothing"),
                RawHttp.get(port, "/healthz", "Host: evil.example"),
                RawHttp.get(port, "/%zz"),
                RawHttp.get(port, JOB + "/events"));

        assertThat(answers).allSatisfy(answer -> assertThat(SecurityHeaders.VALUES.keySet())
                .as(answer.head())
                .allSatisfy(name -> assertThat(answer.head()
                                .lines()
                                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1)))
                        .hasSize(1)));
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode body = json(answer.body());
        assertThat(body.propertyNames()).contains("type", "title", "status", "detail", "instance", "code");
        assertThat(body.get("status").intValue()).isEqualTo(status);
        assertThat(body.get("code").stringValue()).isEqualTo(code);
        assertThat(body.get("detail").isString()).isTrue();
        assertThat(body.get("instance").stringValue())
                .isEqualTo(answer.request().uri().getPath());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON;",
                "application/json; charset=utf-8",
                "application/json;charset=\"UTF-8\"",
                "application/json ; charset = utf8",
                "application/json; profile=\"https://example.org/x\"",
                "application/json; profile=x; charset=utf-8; q=1",
                "application/json; odata.metadata=none; charsets=latin1"
            })
    void json_may_have_any_parameter_but_another_charset(String type) throws Exception {
        assertThat(send("POST", "/v1/jobs", "{\"skill_id\":\"demo\"}", "Content-Type", type)
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=utf-16",
                "application/json; charset=latin1",
                "application/json;charset=\"iso-8859-1\"",
                "application/json; profile=x; charset=utf-16",
                "application/json; charset=utf-8; charset=utf-16",
                "application/json; charset=utf-8x",
                "application/jsonp",
                "application/json, text/plain",
                "application/x-www-form-urlencoded; application/json",
                "text/plain"
            })
    void another_charset_or_type_is_unsupported(String type) throws Exception {
        assertProblem(
                send("POST", "/v1/jobs", "{\"skill_id\":\"demo\"}", "Content-Type", type),
                415,
                "CONTENT_TYPE_UNSUPPORTED");
        assertThat(core.runs.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such", "utf-16", "utf-8\u00e9", "\"", "'utf-16'", "x y"})
    void a_charset_decides_neither_how_a_query_is_read_nor_whether_the_server_fails(String charset) throws Exception {
        queued();
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
            for (String path : List.of("/healthz", "/ui/runs", "/v1/management/runs?limit=1", JOB + "/upload")) {
                for (String method : List.of("GET", "POST")) {
                    RawHttp answer = RawHttp.send(
                            api.port(),
                            RawHttp.request(
                                    method,
                                    path,
                                    "Content-Type: " + type + ";charset=" + charset,
                                    "Content-Length: 0"));
                    assertThat(answer.status()).as(method + " " + path).isEqualTo(415);
                }
            }
        }
    }
}
