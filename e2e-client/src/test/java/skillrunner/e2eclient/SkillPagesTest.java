package skillrunner.e2eclient;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.e2eclient.backend.Json;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The list of skills and the form, against a scripted server. */
class SkillPagesTest {
    private static final String FORM = "/skills/every-kind/run";
    private static final String CREATE = "POST /v1/jobs";
    private static final String UPLOAD = "POST /v1/jobs/r-1/upload";

    @TempDir
    Path recordings;

    private ScriptedBackend backend;
    private Visitor visitor;

    @BeforeEach
    void start() throws IOException {
        backend = Skills.told(ScriptedBackend.start())
                .json(CREATE, "{\"request_id\": \"r-1\", \"cache_hit\": false, \"status\": null}")
                .json(UPLOAD, "{\"request_id\": \"r-1\", \"extracted_files\": [\"paper\"]}");
        visitor = Visitor.of(backend.address(), recordings);
    }

    @AfterEach
    void stop() {
        visitor.close();
        backend.close();
    }

    @Test
    void the_list_names_every_skill_and_leads_to_those_that_can_be_run() {
        HttpResponse<String> page = visitor.get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("Every kind", "1.2.0", "codex, opencode", "href=\"/skills/every-kind/run\"")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "missing &lt;b&gt;files&lt;/b&gt;")
                .doesNotContain("<script>alert", "/skills/broken/run");
        assertThat(backend.asked("GET /v1/management/skills").get(0).headers())
                .containsEntry("authorization", "Basic dmlzaXRvcjpzZWNyZXQ=");
    }

    @Test
    void the_form_has_a_field_for_everything_that_can_be_said() {
        String form = visitor.get(FORM).body();
        assertThat(form)
                .contains("name=\"engine\"", "name=\"execution_mode\"", "name=\"model\"", "name=\"provider\"")
                .contains(
                        "name=\"input__topic\"",
                        "name=\"input__count\"",
                        "name=\"input__tags\"",
                        "name=\"file__paper\"")
                .contains("name=\"file__extra\"", "name=\"parameter__tone\"", "name=\"runtime__hard_timeout_seconds\"")
                .contains("data-engine=\"opencode\" data-provider=\"anthropic\"", "value=\"anthropic/claude\"")
                .contains("data-engine=\"codex\" data-provider=\"openai\"")
                .contains("What about");
    }

    @Test
    void what_the_schema_presets_stands_in_the_form() {
        String form = visitor.get(FORM).body();
        assertThat(form)
                .contains("value=\"2\"")
                .containsPattern("value=\"&#34;calm&#34;\" selected|value=\"&quot;calm&quot;\" selected");
        assertThat(form).containsPattern("(?s)name=\"parameter__loud\".*?value=\"true\" selected");
    }

    @Test
    void without_models_a_skill_can_be_run_all_the_same() {
        backend.answer("GET /v1/management/engines/codex", 500, "text/html", "<h1>no</h1>")
                .answer("GET /v1/management/engines/opencode", 200, "application/json", "[]");
        assertThat(visitor.get(FORM).statusCode()).isEqualTo(200);
    }

    @Test
    void a_job_is_created_then_its_files_are_uploaded_and_both_are_recorded() {
        HttpResponse<String> answer =
                visitor.submit(FORM, Skills.valid(), Map.of("file__paper/any name.pdf", "the paper"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/runs/r-1");
        ScriptedBackend.Asked created = backend.asked(CREATE).get(0);
        assertThat(Json.parse(created.body()))
                .isEqualTo(
                        Json.parse(
                                """
                        {"skill_id": "every-kind", "engine": "opencode",
                         "input": {"topic": "skills", "count": 4, "tags": ["a", "b"], "author": {"name": "Ada"}, "free": "words"},
                         "parameter": {"limit": 10, "ratio": 0.25, "loud": false, "tone": 3},
                         "model": "anthropic/claude",
                         "runtime_options": {"hard_timeout_seconds": 60, "no_cache": true, "execution_mode": "interactive"},
                         "await_upload": true}
                        """));
        assertThat(created.headers().get("idempotency-key")).hasSizeGreaterThan(40);
        ScriptedBackend.Asked uploaded = backend.asked(UPLOAD).get(0);
        // The zip has one entry with the key's own name.
        assertThat(uploaded.body())
                .contains("name=\"file\"; filename=\"file.zip\"", "paper")
                .doesNotContain("any name");
        assertThat(recorded().findValuesAsString("action")).containsExactly("create_run", "upload");
        assertThat(recorded().at("/steps/1/request").toString()).isEqualTo("{\"files\":[\"paper\"]}");
        assertThat(recorded().at("/steps/1/response/extracted_files/0").stringValue())
                .isEqualTo("paper");
    }

    @Test
    void everything_that_is_wrong_is_said_at_once_and_what_was_typed_is_kept() {
        Map<String, String> typed = Skills.valid();
        typed.put("input__topic", "ab");
        typed.put("input__count", "six");
        typed.put("input__author", "{\"name\":");
        typed.put("parameter__limit", " ");
        typed.put("parameter__nonsense", "1");
        typed.put("execution_mode", "batch");
        typed.put("model", "openai/none");
        typed.put("runtime__hard_timeout_seconds", "0");
        HttpResponse<String> page = visitor.submit(FORM, typed, Map.of("file__paper/x", ""));
        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body())
                .contains("Topic: must have at least 3 characters", "count: must be a whole number")
                .contains("author: must be a JSON object", "limit: is missing", "parameter__nonsense: is no field")
                .contains("Mode: is none of the choices", "Model: the engine has no such model")
                .contains("must be at least 1", "paper: the file is empty")
                .contains("\nab</textarea>", "value=\"six\"")
                .contains("please choose the file again");
        assertThat(backend.asked("POST")).isEmpty();
    }

    @Test
    void a_missing_file_and_a_field_that_is_too_long_are_no_reason_to_ask_the_server() {
        assertThat(visitor.submit(FORM, Skills.valid(), Map.of()).body()).contains("paper: a file is missing");
        Map<String, String> typed = Skills.valid();
        typed.put("input__free", "x".repeat((1 << 20) - 1000));
        typed.put("input__topic", "y".repeat(2000));
        assertThat(visitor.submit(FORM, typed, Map.of()).statusCode()).isEqualTo(413);
        assertThat(visitor.submit(FORM, Map.of(), Map.of("file__paper/x", "x".repeat(1 << 21)))
                        .statusCode())
                .isEqualTo(413);
        assertThat(visitor.post(FORM, "application/x-www-form-urlencoded", "engine=codex")
                        .statusCode())
                .isEqualTo(415);
        assertThat(visitor.post(FORM, "multipart/form-data; boundary=b", "--nonsense")
                        .statusCode())
                .isEqualTo(400);
        assertThat(backend.asked("POST")).isEmpty();
    }

    @Test
    void a_refusal_of_the_server_keeps_its_status_its_words_and_what_was_typed() {
        backend.answer(
                CREATE,
                429,
                "application/problem+json",
                """
                {"status": 429, "code": "RUN_QUEUE_FULL", "detail": "the <b>queue</b> is full",
                 "errors": [{"pointer": "/input/topic", "detail": "is odd"}]}
                """);
        HttpResponse<String> page = visitor.submit(FORM, Skills.valid(), Map.of("file__paper/x", "y"));
        assertThat(page.statusCode()).isEqualTo(429);
        assertThat(page.body())
                .contains("the &lt;b&gt;queue&lt;/b&gt; is full", "/input/topic: is odd", "\nskills</textarea>")
                .contains("href=\"#input__topic\"");
    }

    @Test
    void a_job_without_an_id_is_no_job() {
        for (String answer :
                List.of("{\"cache_hit\": false}", "{\"request_id\": 3}", "{\"request_id\": \"../x\"}", "[]")) {
            backend.json(CREATE, answer);
            HttpResponse<String> page = visitor.submit(FORM, Skills.valid(), Map.of("file__paper/x", "y"));
            assertThat(page.statusCode()).as(answer).isEqualTo(502);
            assertThat(page.body()).contains("without a request_id");
        }
        assertThat(backend.asked(UPLOAD)).isEmpty();
    }

    @Test
    void an_upload_that_failed_is_recorded_and_sent_again_for_the_same_job() {
        backend.answer(UPLOAD, 429, "application/json", "{\"detail\": \"later\", \"code\": \"RUN_QUEUE_FULL\"}");
        HttpResponse<String> page = visitor.submit(FORM, Skills.valid(), Map.of("file__paper/x", "y"));
        assertThat(page.statusCode()).isEqualTo(429);
        assertThat(page.body()).contains("later", "value=\"" + "ab".repeat(16) + "\"");
        assertThat(recorded().at("/steps/1/status").stringValue()).isEqualTo("error");
        assertThat(recorded().at("/steps/1/response/detail").stringValue()).isEqualTo("later");

        visitor.submit(FORM, Skills.valid(), Map.of("file__paper/x", "y"));
        Map<String, String> other = Skills.valid();
        other.put("input__count", "5");
        visitor.submit(FORM, other, Map.of("file__paper/x", "y"));
        List<String> keys = backend.askedExactly(CREATE).stream()
                .map(asked -> asked.headers().get("idempotency-key"))
                .toList();
        assertThat(keys.get(1)).isEqualTo(keys.get(0));
        assertThat(keys.get(2)).isNotEqualTo(keys.get(0));
    }

    @Test
    void unknown_skills_and_damaged_ones_are_told_as_the_server_tells_them() {
        backend.answer(
                        "GET /v1/management/skills/none",
                        404,
                        "application/problem+json",
                        "{\"code\": \"SKILL_NOT_FOUND\", \"detail\": \"no such skill: none\"}")
                .json("GET /v1/management/skills/bad", "{\"id\": \"bad\", \"effective_engines\": []}")
                .answer(
                        "GET /v1/management/skills/bad/schemas",
                        409,
                        "application/problem+json",
                        "{\"code\": \"SKILL_DEGRADED\", \"detail\": \"missing file\"}");
        assertThat(visitor.get("/skills/none/run").statusCode()).isEqualTo(404);
        assertThat(visitor.get("/skills/none/run").body()).contains("no such skill: none");
        assertThat(visitor.get("/skills/bad/run").statusCode()).isEqualTo(409);
        int asked = backend.asked().size();
        assertThat(visitor.get("/skills/%2e%2e/run").statusCode()).isIn(400, 404);
        assertThat(visitor.get("/skills/a%2Fb/run").statusCode()).isIn(400, 404);
        assertThat(backend.asked()).hasSize(asked);
    }

    @Test
    void a_server_that_is_not_there_is_said_to_be_not_there() throws IOException {
        try (Visitor lonely = Visitor.of(URI.create("http://127.0.0.1:1"), recordings)) {
            for (String path : List.of("/", FORM, "/runs/r-1", "/runs/r-1/result")) {
                HttpResponse<String> page = lonely.get(path);
                assertThat(page.statusCode()).as(path).isEqualTo(502);
                assertThat(page.body()).contains("The server can", "127.0.0.1:1");
            }
        }
    }

    @Test
    void the_pages_speak_both_languages() {
        HttpResponse<String> page = visitor.send(visitor.request(FORM)
                .setHeader("Accept-Language", "zh-CN")
                .GET()
                .build());
        assertThat(page.body()).contains("lang=\"zh-CN\"", "运行 Every kind", "更多选项");
        HttpResponse<String> chosen = visitor.post(
                "/preferences", "application/x-www-form-urlencoded", "language=zh&theme=dark&back=//evil.example/");
        assertThat(chosen.statusCode()).isEqualTo(303);
        assertThat(chosen.headers().firstValue("Location")).contains("/");
        assertThat(chosen.headers().allValues("Set-Cookie")).hasSize(2).allMatch(cookie -> cookie.contains("HttpOnly"));
    }

    private JsonNode recorded() {
        return Json.parse(visitor.get("/api/recordings/r-1").body()).orElseThrow();
    }
}
