package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.KnownMajors;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SkillId;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

class TempRunRoutesTest extends HttpTestBed {
    private static final String ALL = "/v1/temp-skill-runs";
    private static final String TEMPORARY = ALL + "/" + REQUEST;

    TempRunRoutesTest(@TempDir Path temporary) {
        super(temporary);
    }

    @Test
    void a_request_waits_for_its_skill_as_a_queued_run_of_an_unknown_skill() throws Exception {
        JsonNode created = created("{}");

        assertThat(created.propertyNames()).containsExactly("request_id", "status", "warnings");
        assertThat(created.get("request_id").stringValue()).isEqualTo(REQUEST.value());
        assertThat(created.get("status").stringValue()).isEqualTo("queued");
        JsonNode status = json(get(TEMPORARY).body());
        assertThat(status.get("status").stringValue()).isEqualTo("queued");
        assertThat(status.get("skill_id").stringValue()).isEqualTo("unknown");
        assertThat(status.get("engine").stringValue()).isEqualTo("codex");
        assertThat(status.get("error").isNull()).isTrue();
        assertThat(status.get("run_id").isNull()).isTrue();
        for (String path : List.of("/result", "/artifacts", "/artifacts/artifacts/x", "/logs", "/events")) {
            assertThat(code(get(TEMPORARY + path))).as(path).isEqualTo("RUN_NOT_FOUND");
        }
        assertThat(code(post(TEMPORARY + "/cancel", ""))).isEqualTo("RUN_NOT_FOUND");
        assertThat(json(get("/v1/management/runs").body()).get("runs").size()).isZero();
    }

    @Test
    void the_status_has_the_same_members_before_and_after_the_skill_came() throws Exception {
        created("{}");
        List<String> before = new ArrayList<>(json(get(TEMPORARY).body()).propertyNames());

        upload(TEMPORARY + "/upload", "skill_package", aPackage());

        assertThat(json(get(TEMPORARY).body()).propertyNames()).containsExactlyElementsOf(before);
    }

    @Test
    void the_upload_starts_the_run_and_is_taken_once() throws Exception {
        created("{\"runtime_options\":{\"debug_keep_temp\":true}}");

        HttpResponse<String> answer = upload(TEMPORARY + "/upload", "skill_package", aPackage());

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode body = json(answer.body());
        assertThat(body.propertyNames())
                .containsExactly("request_id", "cache_hit", "extracted_files", "status", "warnings");
        assertThat(body.get("status").stringValue()).isEqualTo("queued");
        assertThat(body.get("extracted_files").toString()).isEqualTo("[]");
        assertThat(json(get(TEMPORARY).body()).get("skill_id").stringValue()).isEqualTo("sent");
        HttpResponse<String> again = upload(TEMPORARY + "/upload", "skill_package", aPackage());
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(code(again)).isEqualTo("RUN_ALREADY_STARTED");
    }

    @Test
    void files_come_in_a_part_of_their_own() throws Exception {
        created("{}");

        JsonNode body = json(uploadBoth(aPackage(), "doc=text").body());

        assertThat(body.get("extracted_files").toString()).isEqualTo("[\"doc\"]");
    }

    @Test
    void a_rejected_package_is_told_by_answer_and_status_until_a_good_one_comes() throws Exception {
        created("{}");

        HttpResponse<String> answer = upload(TEMPORARY + "/upload", "skill_package", "no package");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(code(answer)).isEqualTo("ARCHIVE_INVALID");
        JsonNode failed = json(get(TEMPORARY).body());
        assertThat(failed.get("status").stringValue()).isEqualTo("failed");
        assertThat(failed.get("error").get("code").stringValue()).isEqualTo("ARCHIVE_INVALID");
        assertThat(failed.get("error").get("message").stringValue()).isEqualTo("not an archive");
        assertThat(failed.get("error").propertyNames()).containsExactly("code", "message", "stderr");
        assertThat(upload(TEMPORARY + "/upload", "skill_package", aPackage()).statusCode())
                .isEqualTo(200);
        assertThat(json(get(TEMPORARY).body()).get("status").stringValue()).isEqualTo("queued");
    }

    @Test
    void an_upload_without_a_package_or_of_another_type_changes_nothing() throws Exception {
        created("{}");

        HttpResponse<String> without = upload(TEMPORARY + "/upload", "file", "doc=1");
        assertThat(without.statusCode()).isEqualTo(400);
        assertThat(json(without.body()).get("errors").get(0).get("pointer").stringValue())
                .isEqualTo("/skill_package");
        assertThat(post(TEMPORARY + "/upload", "{}").statusCode()).isEqualTo(415);
        for (HttpResponse<String> empty :
                List.of(uploadBoth("", "in.zip", "doc=1"), uploadBoth(aPackage(), "in.zip", ""))) {
            assertThat(empty.statusCode()).isEqualTo(400);
            assertThat(code(empty)).isEqualTo("REQUEST_INVALID");
            assertThat(empty.body()).contains("the file in this part is empty");
        }

        assertThat(json(get(TEMPORARY).body()).get("status").stringValue()).isEqualTo("queued");
    }

    /** As a browser sends a form in which no file was chosen. */
    @Test
    void a_part_without_a_name_and_without_content_is_no_file() throws Exception {
        created("{}");

        HttpResponse<String> answer = uploadBoth(aPackage(), "", "");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer.body()).get("extracted_files")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"engine\":\"none\"}",
                "{\"engine\":7}",
                "{\"skill_id\":\"demo\"}",
                "{\"await_upload\":true}",
                "{\"parameter\":[]}",
                "{\"runtime_options\":{\"session_timeout_sec\":0}}",
                "{\"runtime_options\":{\"hurry\":1}}",
                "{\"model\":\"none\"}",
                "[]",
                "{"
            })
    void a_wrong_request_is_refused_and_not_stored(String body) throws Exception {
        assertThat(post(ALL, body).statusCode()).isEqualTo(400);
        assertThat(core.runs.temporary().all()).isEmpty();
    }

    @Test
    void the_same_request_under_one_key_is_answered_alike_and_a_job_under_it_refused() throws Exception {
        HttpResponse<String> first = keyed(ALL, "{}");
        HttpResponse<String> again = keyed(ALL, "{}");

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(code(keyed(ALL, "{\"parameter\":{\"a\":1}}"))).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(code(keyed("/v1/jobs", "{\"skill_id\":\"demo\"}"))).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(core.runs.temporary().all()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "00000000-0000-4000-8000-999999999999"})
    void an_unknown_request_is_not_found(String id) throws Exception {
        for (String path : List.of("", "/result", "/artifacts", "/artifacts/x", "/logs", "/events")) {
            assertThat(code(get(ALL + "/" + id + path))).as(path).isEqualTo("REQUEST_NOT_FOUND");
        }
        assertThat(code(post(ALL + "/" + id + "/cancel", ""))).isEqualTo("REQUEST_NOT_FOUND");
        assertThat(code(upload(ALL + "/" + id + "/upload", "skill_package", aPackage())))
                .isEqualTo("REQUEST_NOT_FOUND");
    }

    @Test
    void a_job_is_unknown_among_temporary_runs_and_the_other_way_round() throws Exception {
        queued();
        String temporary = json(post(ALL, "{}").body()).get("request_id").stringValue();
        upload(ALL + "/" + temporary + "/upload", "skill_package", aPackage());

        for (String path : List.of("", "/result", "/artifacts", "/logs", "/events")) {
            assertThat(code(get(TEMPORARY + path))).as(path).isEqualTo("REQUEST_NOT_FOUND");
            assertThat(code(get("/v1/jobs/" + temporary + path))).as(path).isEqualTo("REQUEST_NOT_FOUND");
        }
        assertThat(code(post("/v1/jobs/" + temporary + "/cancel", ""))).isEqualTo("REQUEST_NOT_FOUND");
    }

    @Test
    void management_and_pages_know_it_and_say_what_it_is() throws Exception {
        queued();
        String temporary = json(post(ALL, "{}").body()).get("request_id").stringValue();
        upload(ALL + "/" + temporary + "/upload", "skill_package", aPackage());

        JsonNode runs = json(get("/v1/management/runs").body()).get("runs");
        assertThat(runs.get(0).get("kind").stringValue()).isEqualTo("temp");
        assertThat(runs.get(1).get("kind").stringValue()).isEqualTo("job");
        assertThat(json(get("/v1/management/runs/" + temporary).body())
                        .get("kind")
                        .stringValue())
                .isEqualTo("temp");
        assertThat(get("/ui/management/runs/table").body()).containsOnlyOnce("class=\"tag\"");
        String page = get("/ui/runs/" + temporary).body();
        assertThat(page)
                .contains("class=\"tag\"", ALL + "/" + temporary + "/logs")
                .doesNotContain("/v1/jobs/");
        assertThat(get("/ui/runs/" + REQUEST).body()).doesNotContain("class=\"tag\"", ALL);
    }

    @Test
    void cancel_result_and_events_are_those_of_jobs() throws Exception {
        created("{}");
        upload(TEMPORARY + "/upload", "skill_package", aPackage());

        JsonNode canceled = json(post(TEMPORARY + "/cancel", "").body());

        assertThat(canceled.get("accepted").booleanValue()).isTrue();
        assertThat(json(get(TEMPORARY + "/result").body())
                        .get("result")
                        .get("status")
                        .stringValue())
                .isEqualTo("canceled");
        try (EventClient client = new EventClient(api.port(), TEMPORARY + "/events")) {
            assertThat(client.rest().toString()).contains("snapshot", "end");
        }
        assertThat(core.packages.find(REQUEST, new SkillId("sent"))).isEmpty();
    }

    @Test
    void what_fails_a_job_for_its_engine_fails_it_as_well() throws Exception {
        assertThat(code(post(ALL, "{\"engine\":\"gemini\"}"))).isEqualTo("ENGINE_NOT_IN_USE");
        created("{}");
        core.driver.knows(KnownMajors.of(0, 1));
        core.versions.install(EngineId.CODEX, "2.0.1");
        assertThat(code(upload(TEMPORARY + "/upload", "skill_package", aPackage())))
                .isEqualTo("ENGINE_VERSION_UNSUPPORTED");
        core.uninstall(EngineId.CODEX);
        assertThat(code(upload(TEMPORARY + "/upload", "skill_package", aPackage())))
                .isEqualTo("ENGINE_NOT_INSTALLED");
    }

    @Test
    void an_answer_that_finds_the_queue_full_can_be_given_later() throws Exception {
        created("{\"runtime_options\":{\"execution_mode\":\"interactive\"}}");
        String asking = new String(
                core.packages.offer(aSkill("sent")
                        .inModes(ExecutionMode.AUTO, ExecutionMode.INTERACTIVE)
                        .build()),
                StandardCharsets.UTF_8);
        assertThat(upload(TEMPORARY + "/upload", "skill_package", asking).statusCode())
                .isEqualTo(200);
        start().prints("session s-1").answers("{\"ask_user\": {\"prompt\": \"Which?\"}}");
        await().atMost(PATIENCE).until(() -> core.runs.find(RUN).orElseThrow().status() == RunStatus.WAITING_USER);
        fillQueue();

        String reply = "{\"interaction_id\": 1, \"response\": \"this\"}";
        assertThat(code(post(TEMPORARY + "/interaction/reply", reply))).isEqualTo("RUN_QUEUE_FULL");
        assertThat(code(post("/v1/management/runs/" + REQUEST + "/reply", reply)))
                .isEqualTo("RUN_QUEUE_FULL");
        assertThat(core.runs.find(RUN).orElseThrow().status()).isEqualTo(RunStatus.WAITING_USER);
    }

    @Test
    void a_run_that_left_nothing_yet_has_no_bundle_and_may_be_followed_by_so_many() throws Exception {
        created("{}");
        upload(TEMPORARY + "/upload", "skill_package", aPackage());

        assertThat(code(get(TEMPORARY + "/bundle"))).isEqualTo("RESULT_NOT_FOUND");
        List<EventClient> clients = new ArrayList<>();
        for (int i = 0; i < MAX_STREAMS_PER_RUN; i++) {
            clients.add(new EventClient(api.port(), TEMPORARY + "/events"));
        }
        assertThat(code(get(TEMPORARY + "/events"))).isEqualTo("STREAMS_EXHAUSTED");
        for (EventClient client : clients) {
            client.close();
        }
    }

    private JsonNode created(String body) throws Exception {
        HttpResponse<String> answer = post(ALL, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer.body());
    }

    private String aPackage() {
        return new String(
                core.packages.offer(aSkill("sent").takingFile("doc", false).build()), StandardCharsets.UTF_8);
    }

    private HttpResponse<String> uploadBoth(String skill, String files) throws Exception {
        return uploadBoth(skill, "in.zip", files);
    }

    private HttpResponse<String> uploadBoth(String skill, String name, String files) throws Exception {
        String body = part("skill_package", "skill.zip", skill) + part("file", name, files) + "--b--\r\n";
        return send("POST", TEMPORARY + "/upload", body, "Content-Type", "multipart/form-data; boundary=b");
    }

    private static String part(String part, String name, String content) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + part + "\"; filename=\"" + name
                + "\"\r\nContent-Type: application/zip\r\n\r\n" + content + "\r\n";
    }

    private HttpResponse<String> keyed(String path, String body) throws Exception {
        return send("POST", path, body, "Content-Type", "application/json", "Idempotency-Key", "a-key");
    }

    private static String code(HttpResponse<String> answer) {
        return json(answer.body()).get("code").stringValue();
    }
}
