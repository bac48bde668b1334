package skillrunner.e2eclient;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.e2eclient.backend.Json;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Watching, answering and reading a run, against a scripted server. */
class RunApiTest {
    private static final String RUN = "/v1/management/runs/r-1";
    private static final String REPLY = "POST " + RUN + "/reply";
    private static final String JSON = "application/json";

    @TempDir
    Path recordings;

    private ScriptedBackend backend;
    private Visitor visitor;

    @BeforeEach
    void start() throws IOException {
        backend = ScriptedBackend.start()
                .json("GET " + RUN, "{\"request_id\": \"r-1\", \"status\": \"running\", \"cost\": 0.10}")
                .json("GET " + RUN + "/pending", "{\"pending\": {\"interaction_id\": 1}}")
                .json(
                        "GET " + RUN + "/files",
                        "{\"entries\": [{\"rel_path\": \"a b.txt\", \"name\": \"a b.txt\", \"is_dir\": false, \"depth\": 0}]}")
                .json(
                        "GET " + RUN + "/file",
                        "{\"preview\": {\"mode\": \"text\", \"content\": \"<b>x</b>\", \"size\": 8, \"meta\": \"8 bytes, utf-8\"}}")
                .json(REPLY, "{\"request_id\": \"r-1\", \"status\": \"queued\", \"accepted\": true}");
        visitor = Visitor.of(backend.address(), recordings);
    }

    @AfterEach
    void stop() {
        visitor.close();
        backend.close();
    }

    @Test
    void what_the_server_says_is_passed_on_with_its_numbers_as_they_are() {
        assertThat(visitor.get("/api/runs/r-1").body())
                .isEqualTo("{\"request_id\":\"r-1\",\"status\":\"running\",\"cost\":0.10}");
        assertThat(visitor.get("/api/runs/r-1/pending").body()).isEqualTo("{\"pending\":{\"interaction_id\":1}}");
        assertThat(visitor.get("/api/runs/r-1/bundle/entries").body()).contains("a b.txt");
        assertThat(visitor.get("/api/runs/r-1/bundle/file?path=a%20b%26.txt").body())
                .contains("<b>x</b>");
        assertThat(backend.asked("GET " + RUN + "/file?path=a%20b%26.txt")).hasSize(1);
        assertThat(visitor.get("/api/runs/r-1").headers().firstValue("Content-Type"))
                .contains(JSON);
    }

    @Test
    void errors_are_problem_documents_with_the_servers_status_and_words() {
        backend.answer(
                "GET " + RUN + "/file",
                400,
                "application/problem+json",
                "{\"code\": \"PATH_INVALID\", \"detail\": \"leads out\", \"errors\": [{\"pointer\": \"/path\", \"detail\": \"no\"}]}");
        HttpResponse<String> answer = visitor.get("/api/runs/r-1/bundle/file?path=..%2Fx");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(Json.parse(answer.body()).orElseThrow())
                .isEqualTo(Json.parse(
                                """
                                {"type": "about:blank", "title": "PATH_INVALID", "status": 400, "detail": "leads out",
                                 "instance": "/api/runs/r-1/bundle/file", "code": "PATH_INVALID", "errors": [{"pointer": "/path", "detail": "no"}]}
                                """)
                        .orElseThrow());
        assertThat(visitor.get("/api/runs/r-1/bundle/file").statusCode()).isEqualTo(400);
        assertThat(visitor.get("/api/runs/r-1/bundle/file?path=%20").statusCode())
                .isEqualTo(400);
        assertThat(visitor.get("/api/nothing").body()).contains("\"code\":\"NOT_FOUND\"");
        assertThat(visitor.get("/api/runs/r-1/reply").statusCode()).isEqualTo(405);
        assertThat(visitor.get("/api/runs/..%2F..%2Fx").statusCode()).isIn(400, 404);
    }

    @Test
    void a_reply_is_passed_on_and_recorded_whether_it_was_taken_or_not() {
        String reply = "{\"interaction_id\": 1, \"response\": {\"a\": [1.50]}}";
        assertThat(visitor.post("/api/runs/r-1/reply", JSON, reply).body()).contains("\"accepted\":true");
        assertThat(Json.parse(backend.asked(REPLY).get(0).body())).isEqualTo(Json.parse(reply));
        backend.answer(
                REPLY,
                409,
                "application/problem+json",
                "{\"code\": \"INTERACTION_DECIDED\", \"detail\": \"too late\"}");
        HttpResponse<String> late = visitor.post("/api/runs/r-1/reply", JSON, reply);
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("too late");
        assertThat(recorded().at("/steps/0/status").stringValue()).isEqualTo("ok");
        assertThat(recorded().at("/steps/1/status").stringValue()).isEqualTo("error");
        assertThat(recorded().at("/steps/1/response").toString())
                .isEqualTo("{\"status_code\":409,\"detail\":\"too late\"}");
    }

    @Test
    void a_reply_that_is_no_object_is_refused_here() {
        for (String body : List.of("[]", "\"x\"", "1", "", "{", "{} {}", "{\"a\": 1, \"a\": 2}")) {
            assertThat(visitor.post("/api/runs/r-1/reply", JSON, body).statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(visitor.post("/api/runs/r-1/reply", "text/plain", "{}").statusCode())
                .isEqualTo(415);
        assertThat(visitor.post("/api/runs/r-1/reply", JSON, "{\"a\": \"" + "x".repeat(1 << 20) + "\"}")
                        .statusCode())
                .isEqualTo(413);
        assertThat(backend.asked(REPLY)).isEmpty();
        assertThat(visitor.get("/api/recordings/r-1").statusCode()).isEqualTo(404);
    }

    @Test
    void a_server_that_is_away_is_recorded_as_an_error_of_the_reply() throws IOException {
        try (Visitor lonely = Visitor.of(URI.create("http://127.0.0.1:1"), recordings)) {
            HttpResponse<String> answer =
                    lonely.post("/api/runs/r-1/reply", JSON, "{\"interaction_id\": 1, \"response\": \"yes\"}");
            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.body()).contains("BACKEND_UNREACHABLE");
            assertThat(Json.parse(lonely.get("/api/recordings/r-1").body())
                            .orElseThrow()
                            .at("/steps/0/status")
                            .stringValue())
                    .isEqualTo("error");
        }
    }

    @Test
    void the_list_of_runs_tells_how_each_stands_now_and_asks_a_lost_server_once() throws IOException {
        visitor.post("/api/runs/r-1/reply", JSON, "{\"interaction_id\": 1, \"response\": 1}");
        visitor.post("/api/runs/r-2/reply", JSON, "{\"interaction_id\": 1, \"response\": 1}");
        backend.json(
                "GET /v1/management/runs",
                "{\"runs\": [{\"request_id\": \"r-1\", \"status\": \"succeeded\", \"engine\": \"codex\"}]}");
        assertThat(visitor.get("/runs").body())
                .contains("data-status=\"succeeded\"", "data-status=\"gone\"", "href=\"/runs/r-1\"");
        try (Visitor lonely = Visitor.of(URI.create("http://127.0.0.1:1"), recordings)) {
            HttpResponse<String> page = lonely.get("/runs");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("data-status=\"unavailable\"", "data-run=\"r-2\"");
        }
    }

    @Test
    void the_result_is_shown_with_artifacts_and_files_and_recorded_once() {
        backend.json(
                        "GET /v1/jobs/r-1/result",
                        "{\"request_id\": \"r-1\", \"result\": {\"status\": \"success\", \"data\": {\"x\": \"<i>\"}}}")
                .json(
                        "GET /v1/jobs/r-1/artifacts",
                        "{\"artifacts\": [\"artifacts/a b#.md\", \"../../etc/passwd\", 3]}");
        String page = visitor.get("/runs/r-1/result").body();
        assertThat(page)
                .contains("&lt;i&gt;", "href=\"/runs/r-1/artifacts/artifacts/a%20b%23.md\"", "data-status=\"success\"")
                .contains("/runs/r-1/bundle/view?path=a%20b.txt")
                .doesNotContain("etc/passwd");
        visitor.get("/runs/r-1/result");
        assertThat(recorded().get("steps")).hasSize(1);
        assertThat(recorded().at("/steps/0/response").toString())
                .isEqualTo("{\"has_result\":true,\"artifact_count\":1}");
        assertThat(visitor.get("/runs/r-1/bundle/view?path=a%20b.txt").body())
                .contains("&lt;b&gt;x&lt;/b&gt;", "aria-current=\"true\"");
    }

    @Test
    void what_cannot_be_shown_says_why_in_the_words_of_both_languages() {
        backend.json("GET /v1/jobs/r-1/result", "{\"result\": {}}")
                .json("GET /v1/jobs/r-1/artifacts", "{\"artifacts\": []}")
                .json("GET " + RUN + "/file", "{\"preview\": {\"mode\": \"binary\", \"content\": null, \"size\": 3}}");
        HttpResponse<String> chinese = visitor.send(visitor.request("/runs/r-1/bundle/view?path=x")
                .setHeader("Accept-Language", "zh")
                .GET()
                .build());
        assertThat(chinese.body()).contains("不可预览（无信息）");
    }

    @Test
    void a_run_without_a_result_says_so() {
        backend.answer(
                "GET /v1/jobs/r-1/result", 404, JSON, "{\"code\": \"RESULT_NOT_FOUND\", \"detail\": \"not yet\"}");
        HttpResponse<String> page = visitor.get("/runs/r-1/result");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("There is no result yet");
        backend.answer("GET /v1/jobs/r-1/result", 404, JSON, "{\"code\": \"REQUEST_NOT_FOUND\", \"detail\": \"none\"}");
        assertThat(visitor.get("/runs/r-1/result").statusCode()).isEqualTo(404);
    }

    @Test
    void an_artifact_comes_as_a_file_whatever_the_server_calls_it() {
        backend.answer("GET /v1/jobs/r-1/artifacts/artifacts/page.html", 200, "text/html", "<script>alert(1)</script>");
        HttpResponse<String> file = visitor.get("/runs/r-1/artifacts/artifacts/page.html");
        assertThat(file.body()).isEqualTo("<script>alert(1)</script>");
        assertThat(file.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(file.headers().firstValue("Content-Disposition")).contains("attachment; filename*=UTF-8''page.html");
        assertThat(file.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(visitor.get("/runs/r-1/artifacts/artifacts/none").statusCode())
                .isEqualTo(404);
    }

    private JsonNode recorded() {
        return Json.parse(visitor.get("/api/recordings/r-1").body()).orElseThrow();
    }
}
