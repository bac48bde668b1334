package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.KnownMajors;
import skillrunner.domain.run.OutputStreamKind;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class JobRoutesTest extends HttpTestBed {
    JobRoutesTest(@TempDir Path temporary) {
        super(temporary);
    }

    @Test
    void a_job_is_created_and_queued() throws Exception {
        HttpResponse<String> answer = post("/v1/jobs", "{\"skill_id\":\"demo\",\"input\":{},\"parameter\":{}}");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode body = json(answer.body());
        assertThat(body.propertyNames()).containsExactly("request_id", "cache_hit", "status", "warnings");
        assertThat(body.get("status").stringValue()).isEqualTo("queued");
        assertThat(body.get("cache_hit").booleanValue()).isFalse();
        assertThat(core.runs.requests()).hasSize(1);
    }

    @Test
    void the_same_request_under_one_key_is_answered_alike_and_another_one_refused() throws Exception {
        HttpResponse<String> first = keyed("{\"skill_id\":\"demo\",\"input\":{},\"parameter\":{}}", "a-Key");
        HttpResponse<String> again = keyed("{\"skill_id\":\"demo\",\"input\":{},\"parameter\":{}}", "a-Key");
        HttpResponse<String> other = keyed("{\"skill_id\":\"needs-file\"}", "a-Key");
        HttpResponse<String> otherKey = keyed("{\"skill_id\":\"demo\",\"input\":{},\"parameter\":{}}", "a-key");

        assertThat(again.statusCode()).isEqualTo(first.statusCode());
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(json(other.body()).get("code").stringValue()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(otherKey.body()).isNotEqualTo(first.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words"})
    void what_is_no_key_is_refused(String key) throws Exception {
        assertThat(keyed("{\"skill_id\":\"demo\"}", key).statusCode()).isEqualTo(400);
        assertThat(keyed("{\"skill_id\":\"demo\"}", "k".repeat(256)).statusCode())
                .isEqualTo(400);
        assertThat(keyed("{\"skill_id\":\"demo\"}", "k".repeat(255)).statusCode())
                .isEqualTo(200);
        assertThat(keyed("{\"skill_id\":\"demo\"}", "one", "two").statusCode()).isEqualTo(400);
        assertThat(core.runs.requests()).hasSize(1);
    }

    private HttpResponse<String> keyed(String body, String... keys) throws Exception {
        List<String> headers = new ArrayList<>(List.of("Content-Type", "application/json"));
        for (String key : keys) {
            headers.addAll(List.of("Idempotency-Key", key));
        }
        return send("POST", "/v1/jobs", body, headers.toArray(String[]::new));
    }

    @Test
    void a_job_that_needs_a_file_waits_for_it_and_starts_with_the_upload() throws Exception {
        JsonNode created =
                json(post("/v1/jobs", "{\"skill_id\":\"needs-file\"}").body());
        String job = "/v1/jobs/" + created.get("request_id").stringValue();
        assertThat(created.get("status").isNull()).isTrue();
        assertThat(json(get(job).body()).get("code").stringValue()).isEqualTo("RUN_NOT_FOUND");

        HttpResponse<String> answer = upload(job + "/upload", "file", "input_file=12345");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode body = json(answer.body());
        assertThat(body.propertyNames())
                .containsExactly("request_id", "cache_hit", "extracted_files", "status", "warnings");
        assertThat(body.get("extracted_files").toString()).isEqualTo("[\"input_file\"]");
        assertThat(upload(job + "/upload", "file", "input_file=12345").statusCode())
                .isEqualTo(400);
    }

    /** What was there when the job was asked for may be gone when its files come. */
    @Test
    void an_upload_for_an_engine_that_can_not_run_any_more_is_refused() throws Exception {
        String upload = "/v1/jobs/"
                + json(post("/v1/jobs", "{\"skill_id\":\"needs-file\"}").body())
                        .get("request_id")
                        .stringValue()
                + "/upload";
        core.driver.knows(KnownMajors.of(0, 1));
        core.versions.install(EngineId.CODEX, "2.0.1");
        HttpResponse<String> unknown = upload(upload, "file", "input_file=1");
        assertThat(unknown.statusCode()).isEqualTo(409);
        assertThat(json(unknown.body()).get("code").stringValue()).isEqualTo("ENGINE_VERSION_UNSUPPORTED");
        core.uninstall(EngineId.CODEX);
        HttpResponse<String> gone = upload(upload, "file", "input_file=1");
        assertThat(gone.statusCode()).isEqualTo(409);
        assertThat(json(gone.body()).get("code").stringValue()).isEqualTo("ENGINE_NOT_INSTALLED");
    }

    @Test
    void an_upload_without_the_part_or_of_another_type_is_refused() throws Exception {
        awaiting();

        HttpResponse<String> wrongPart = upload(JOB + "/upload", "archive", "x");
        assertThat(wrongPart.statusCode()).isEqualTo(400);
        assertThat(json(wrongPart.body()).at("/errors/0/pointer").stringValue()).isEqualTo("/file");
        assertThat(post(JOB + "/upload", "{}").statusCode()).isEqualTo(415);
        assertThat(upload(JOB + "/upload", "file", "x".repeat(MAX_UPLOAD + 1)).statusCode())
                .isEqualTo(413);
        assertThat(upload(JOB + "/upload", "file", "x".repeat(3 * MAX_UPLOAD)).statusCode())
                .isEqualTo(413);
    }

    @Test
    void the_status_has_all_its_fields() throws Exception {
        queued();

        JsonNode body = json(get(JOB).body());

        assertThat(body.propertyNames())
                .containsExactly(
                        "request_id",
                        "run_id",
                        "status",
                        "skill_id",
                        "engine",
                        "created_at",
                        "updated_at",
                        "warnings",
                        "error",
                        "auto_decision_count",
                        "last_auto_decision_at",
                        "pending_interaction_id",
                        "interaction_count",
                        "recovery_state",
                        "recovered_at",
                        "recovery_reason",
                        "receipt",
                        "stall");
        assertThat(body.get("created_at").stringValue()).isEqualTo("2026-11-22T08:30:00.123456Z");
        assertThat(body.get("error").isNull()).isTrue();
        assertThat(body.get("recovery_state").stringValue()).isEqualTo("none");
    }

    @Test
    void a_canceled_run_tells_why_it_ended() throws Exception {
        canceled();

        assertThat(json(get(JOB).body()).at("/error/code").stringValue()).isEqualTo("CANCELED_BY_USER");
    }

    @Test
    void a_result_is_there_once_the_run_has_ended() throws Exception {
        queued();
        assertThat(get(JOB + "/result").statusCode()).isEqualTo(404);

        cancel();
        JsonNode body = json(get(JOB + "/result").body());
        assertThat(body.propertyNames()).containsExactly("request_id", "result");
        assertThat(body.at("/result/status").stringValue()).isEqualTo("canceled");
    }

    @Test
    void artifacts_are_listed_and_sent_as_attachments() throws Exception {
        queued();
        String name = "artifacts/sub/r\u00e9sum\u00e9 1.txt";
        core.workspaces.leave(RUN, "sub/r\u00e9sum\u00e9 1.txt", "content");

        JsonNode list = json(get(JOB + "/artifacts").body());
        assertThat(list.propertyNames()).containsExactly("request_id", "artifacts", "truncated", "passed_over");
        assertThat(list.at("/artifacts/0").stringValue()).isEqualTo(name);

        HttpResponse<String> answer = get(JOB + "/artifacts/artifacts/sub/r%C3%A9sum%C3%A9%201.txt");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("content");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(answer.headers().firstValue("Content-Length")).contains("7");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"r_sum__1.txt\"; filename*=UTF-8''r%C3%A9sum%C3%A9%201.txt");
    }

    @Test
    void a_result_is_passed_on_as_it_lies_there_if_it_is_one_whole_object() throws Exception {
        answered("{\"big\":123456789012345678901234567890,\"n\":1.50}");

        assertThat(get(JOB + "/result").body())
                .isEqualTo("{\"request_id\":\"" + REQUEST + "\",\"result\":"
                        + "{\"status\":\"success\", \"data\": {\"big\":123456789012345678901234567890,\"n\":1.50}}}");
    }

    @Test
    void logs_are_null_where_nothing_was_opened_yet() throws Exception {
        queued();
        JsonNode before = json(get(JOB + "/logs").body());
        assertThat(before.get("prompt").isNull()).isTrue();
        assertThat(before.get("stdout").isNull()).isTrue();
        assertThat(before.get("stderr").isNull()).isTrue();

        start();
        write(OutputStreamKind.STDOUT, "said");
        JsonNode body = json(get(JOB + "/logs").body());

        assertThat(body.propertyNames()).containsExactly("request_id", "prompt", "stdout", "stderr", "truncated");
        assertThat(body.get("stdout").stringValue()).isEqualTo("said");
        assertThat(body.get("stderr").stringValue()).isEmpty();
    }

    @Test
    void a_cancel_tells_whether_it_was_accepted() throws Exception {
        queued();

        JsonNode accepted = json(post(JOB + "/cancel", "").body());
        assertThat(accepted.propertyNames()).containsExactly("request_id", "run_id", "status", "accepted", "message");
        assertThat(accepted.get("accepted").booleanValue()).isTrue();
        assertThat(accepted.get("status").stringValue()).isEqualTo("canceled");

        assertThat(json(post(JOB + "/cancel", "").body()).get("accepted").booleanValue())
                .isFalse();
    }

    @Test
    void a_full_queue_answers_429_and_when_to_come_back() throws Exception {
        for (int waiting = 0; waiting < core.settings().maxQueued(); waiting++) {
            assertThat(post("/v1/jobs", "{\"skill_id\":\"demo\"}").statusCode()).isEqualTo(200);
        }

        HttpResponse<String> answer = post("/v1/jobs", "{\"skill_id\":\"demo\"}");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(json(answer.body()).get("code").stringValue()).isEqualTo("RUN_QUEUE_FULL");
    }

    @Test
    void skills_are_listed_with_both_names_of_the_deny_list() throws Exception {
        JsonNode all = json(get("/v1/skills").body());

        assertThat(all.size()).isEqualTo(2);
        JsonNode one = json(get("/v1/skills/demo").body());
        assertThat(one).isEqualTo(all.get(0));
        assertThat(one.propertyNames())
                .containsExactly(
                        "id",
                        "name",
                        "description",
                        "version",
                        "engines",
                        "unsupported_engines",
                        "unsupport_engine",
                        "effective_engines",
                        "execution_modes",
                        "max_attempt",
                        "entrypoint",
                        "artifacts",
                        "schemas",
                        "runtime");
        assertThat(one.get("unsupport_engine")).isEqualTo(one.get("unsupported_engines"));
        assertThat(get("/v1/skills/none").statusCode()).isEqualTo(404);
    }

    @Test
    void operators_are_told_how_the_server_is() throws Exception {
        assertThat(get("/healthz").body()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        HttpResponse<String> metrics = get("/metrics");
        assertThat(metrics.body()).isEqualTo("skill_runner_up 1\n");
        assertThat(metrics.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain; version=0.0.4");
    }
}
