package skillrunner.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Jobs on a scripted codex, over the API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobIT {
    private RunningServer server;
    private ApiClient api;
    private Path home;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        home = folder;
        TestSkill.install(home);
        TestSkill.install(home, "codex-only", List.of(EngineId.CODEX));
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        server = RunningServer.start(
                home,
                Map.of(
                        "SKILL_RUNNER_ENGINES",
                        "codex,opencode",
                        "SKILL_RUNNER_MAX_QUEUE_SIZE",
                        "4",
                        "UI_BASIC_AUTH_PASSWORD",
                        "secret"));
        api = server.client();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void a_run_succeeds_with_a_validated_answer_an_artifact_and_a_receipt_of_all_bytes() throws Exception {
        String request = api.create(TestSkill.job(
                "say working", "stderr a note", "artifact report.txt all is well", "answer {\"status\": \"fine\"}"));
        List<ApiClient.Event> events = api.events(request, 0, 0);
        JsonNode status = api.status(request);
        assertThat(status.get("status").stringValue()).isEqualTo("succeeded");
        assertThat(status.get("error").isNull()).isTrue();
        JsonNode result = api.result(request);
        assertThat(result.get("status").stringValue()).isEqualTo("success");
        assertThat(result.get("data").toString()).isEqualTo("{\"status\":\"fine\"}");
        assertThat(result.get("artifacts").toString()).isEqualTo("[\"artifacts/report.txt\"]");
        assertThat(api.get("/v1/jobs/" + request + "/artifacts/artifacts/report.txt")
                        .body())
                .isEqualTo("all is well");
        assertThat(events.get(0).name()).isEqualTo("snapshot");
        assertThat(events.get(events.size() - 1).name()).isEqualTo("end");
        assertThat(events.get(events.size() - 2).name()).isEqualTo("status");
        String stdout = ApiClient.text(events, "stdout");
        JsonNode receipt = status.get("receipt").get("stdout");
        assertThat(receipt.get("sha256").stringValue()).isEqualTo(sha256(stdout));
        assertThat(receipt.get("bytes").longValue()).isEqualTo(stdout.getBytes(StandardCharsets.UTF_8).length);
        assertThat(api.get("/v1/jobs/" + request + "/logs").json().get("stdout").stringValue())
                .isEqualTo(stdout);
        assertThat(ApiClient.text(events, "stderr")).isEqualTo("a note\n");
    }

    @Test
    void a_client_that_comes_back_with_its_offsets_gets_exactly_the_rest() throws Exception {
        String request = api.create(TestSkill.job("lines 2000 100"));
        api.awaitEnd(request);
        String whole = ApiClient.text(api.events(request, 0, 0), "stdout");
        for (int from : new int[] {1, 8191, 8192, 100_000, whole.length()}) {
            assertThat(ApiClient.text(api.events(request, from, 0), "stdout")).isEqualTo(whole.substring(from));
        }
        JsonNode snapshot = api.events(request, 1_000_000_000, 0).get(0).data();
        assertThat(snapshot.get("stdout_offset").longValue()).isEqualTo(whole.length());
    }

    @Test
    void output_is_seen_while_the_run_works() throws Exception {
        String request = api.create(TestSkill.job("say first", "wait go", "say second"));
        String run = api.awaitStatus(request, Set.of("running")).get("run_id").stringValue();
        await().until(() -> api.stdout(request).contains("first"));
        assertThat(api.get("/v1/jobs/" + request + "/logs").json().get("stdout").stringValue())
                .doesNotContain("second");
        assertThat(api.get("/v1/jobs/" + request + "/result").status()).isEqualTo(404);
        Files.writeString(workspace(run).resolve("go"), "");
        assertThat(ApiClient.text(api.events(request, 0, 0), "stdout")).contains("second");
    }

    @Test
    void a_fenced_answer_counts_with_a_warning() {
        JsonNode status = end(TestSkill.job("say Here you are: ```json {\"status\": \"ok\"} ``` bye"));
        assertThat(status.get("status").stringValue()).isEqualTo("succeeded");
        assertThat(status.get("warnings").toString()).isEqualTo("[\"OUTPUT_REPAIRED_GENERIC\"]");
    }

    @Test
    void whatever_is_no_closed_turn_with_a_valid_answer_fails_with_its_code() {
        assertThat(failure(TestSkill.job("garbage", "no-closing"))).isEqualTo("OUTPUT_VALIDATION_FAILED");
        assertThat(failure(TestSkill.job("answer {\"status\": \"ok\"}", "no-closing")))
                .isEqualTo("OUTPUT_VALIDATION_FAILED");
        assertThat(failure(TestSkill.job("say no json at all"))).isEqualTo("OUTPUT_VALIDATION_FAILED");
        assertThat(failure(TestSkill.job("answer {\"status\": 7}"))).isEqualTo("OUTPUT_VALIDATION_FAILED");
        assertThat(failure(TestSkill.job("answer [1, 2]"))).isEqualTo("OUTPUT_VALIDATION_FAILED");
        assertThat(failure(TestSkill.job("answer {\"status\": \"ok\"}", "close", "exit 3")))
                .isEqualTo("ENGINE_EXIT_NONZERO");
        assertThat(failure(TestSkill.job("fail the model is tired"))).isEqualTo("ENGINE_EXIT_NONZERO");
        assertThat(failure(TestSkill.job("fail unexpected status 401 Unauthorized")))
                .isEqualTo("AUTH_REQUIRED");
    }

    @Test
    void the_hard_timeout_ends_everything_the_cli_started() throws Exception {
        String request = api.create(TestSkill.job(
                Map.of("hard_timeout_seconds", 1, "no_cache", true),
                "say partial",
                "spawn first",
                "spawn second",
                "ignore-signals",
                "hang"));
        JsonNode status = api.awaitEnd(request);
        assertThat(status.get("error").get("code").stringValue()).isEqualTo("TIMEOUT");
        assertThat(status.get("error").get("message").stringValue()).contains("1 seconds");
        assertThat(api.get("/v1/jobs/" + request + "/logs").body()).contains("partial");
        String run = status.get("run_id").stringValue();
        assertThat(Processes.of(run)).isEmpty();
        for (String name : List.of("first", "second")) {
            long pid = Long.parseLong(
                    Files.readString(workspace(run).resolve(name + ".pid")).strip());
            assertThat(Processes.alive(pid)).isFalse();
        }
    }

    @Test
    void a_run_that_succeeds_leaves_no_process_either() throws Exception {
        String request = api.create(TestSkill.job("spawn stray", "answer {\"status\": \"ok\"}"));
        JsonNode status = api.awaitEnd(request);
        assertThat(status.get("status").stringValue()).isEqualTo("succeeded");
        assertThat(Processes.of(status.get("run_id").stringValue())).isEmpty();
    }

    @Test
    void cancel_ends_a_working_run_with_all_its_processes() throws Exception {
        String request = api.create(TestSkill.job("spawn stray", "say ready", "hang"));
        await().until(() -> api.stdout(request).contains("ready"));
        JsonNode canceled = api.post("/v1/jobs/" + request + "/cancel").json();
        assertThat(canceled.get("accepted").booleanValue()).isTrue();
        assertThat(canceled.get("status").stringValue()).isEqualTo("canceled");
        JsonNode status = api.awaitEnd(request);
        assertThat(status.get("status").stringValue()).isEqualTo("canceled");
        assertThat(status.get("error").get("code").stringValue()).isEqualTo("CANCELED_BY_USER");
        assertThat(Processes.of(status.get("run_id").stringValue())).isEmpty();
        assertThat(api.result(request).get("status").stringValue()).isEqualTo("canceled");
        JsonNode again = api.post("/v1/jobs/" + request + "/cancel").json();
        assertThat(again.get("accepted").booleanValue()).isFalse();
        assertThat(again.get("status").stringValue()).isEqualTo("canceled");
    }

    @Test
    void the_child_sees_an_allow_list_and_never_a_password() throws Exception {
        String request = api.create(TestSkill.job("say ready", "wait go"));
        await().until(() -> api.stdout(request).contains("ready"));
        String run = api.status(request).get("run_id").stringValue();
        List<String> environments = Processes.environmentsOf(run);
        assertThat(environments).isNotEmpty();
        for (String environment : environments) {
            assertThat(environment).doesNotContain("UI_BASIC_AUTH").doesNotContain("SKILL_RUNNER_DATA_DIR");
            assertThat(environment).contains("HOME=" + home.resolve("cache/agent-home"));
        }
        Files.writeString(workspace(run).resolve("go"), "");
        api.awaitEnd(request);
    }

    @Test
    void the_same_question_is_answered_from_the_earlier_run() throws Exception {
        Map<String, Object> job = TestSkill.job(Map.of(), "answer {\"status\": \"cached\"}");
        String first = api.create(job);
        api.awaitEnd(first);
        JsonNode second = api.post("/v1/jobs", job).json();
        assertThat(second.get("cache_hit").booleanValue()).isTrue();
        assertThat(second.get("status").stringValue()).isEqualTo("succeeded");
        String other = second.get("request_id").stringValue();
        assertThat(api.status(other).get("run_id")).isEqualTo(api.status(first).get("run_id"));
        assertThat(api.result(other).get("data").toString()).isEqualTo("{\"status\":\"cached\"}");
        JsonNode fresh = api.post(
                        "/v1/jobs", TestSkill.job(Map.of("no_cache", true), "answer {\"status\": \"cached\"}"))
                .json();
        assertThat(fresh.get("cache_hit").booleanValue()).isFalse();
        api.awaitEnd(fresh.get("request_id").stringValue());
    }

    @Test
    void a_request_that_is_wrong_stores_nothing_and_says_where() {
        assertThat(code(api.post("/v1/jobs", Map.of("skill_id", "nope")))).isEqualTo("404 SKILL_NOT_FOUND");
        assertThat(code(api.post("/v1/jobs", Map.of("skill_id", "codex-only", "engine", "opencode"))))
                .isEqualTo("400 SKILL_ENGINE_UNSUPPORTED");
        assertThat(code(api.post("/v1/jobs", Map.of("skill_id", TestSkill.ID, "engine", "gemini"))))
                .isEqualTo("400 ENGINE_NOT_IN_USE");
        assertThat(code(api.post("/v1/jobs", Map.of("skill_id", TestSkill.ID, "engine", "other"))))
                .isEqualTo("400 REQUEST_INVALID");
        assertThat(code(api.post("/v1/jobs", Map.of("skill_id", TestSkill.ID, "model", "no-such-model"))))
                .isEqualTo("400 MODEL_UNKNOWN");
        assertThat(code(api.post(
                        "/v1/jobs",
                        Map.of("skill_id", TestSkill.ID, "runtime_options", Map.of("execution_mode", "interactive")))))
                .isEqualTo("400 SKILL_EXECUTION_MODE_UNSUPPORTED");
        ApiClient.Answer unknownOption =
                api.post("/v1/jobs", Map.of("skill_id", TestSkill.ID, "runtime_options", Map.of("b", 1, "a", 2)));
        assertThat(code(unknownOption)).isEqualTo("400 REQUEST_INVALID");
        assertThat(unknownOption.json().get("detail").stringValue()).isEqualTo("Unknown runtime_options: a, b");
        assertThat(unknownOption.json().get("errors").size()).isEqualTo(2);
        ApiClient.Answer wrongInput = api.post(
                "/v1/jobs", Map.of("skill_id", TestSkill.ID, "input", Map.of("note", 1, "extra", "x", "other", 2)));
        assertThat(code(wrongInput)).isEqualTo("400 REQUEST_INVALID");
        assertThat(wrongInput.json().get("errors").get(0).get("pointer").stringValue())
                .isEqualTo("/input/extra");
        assertThat(code(api.post("/v1/jobs", "{\"skill_id\": \"scripted\""))).isEqualTo("400 REQUEST_INVALID");
        assertThat(code(api.get("/v1/jobs/not-an-id"))).isEqualTo("404 REQUEST_NOT_FOUND");
    }

    @Test
    void a_wrong_parameter_fails_the_run_and_not_the_request() {
        JsonNode status = end(Map.of("skill_id", TestSkill.ID, "runtime_options", Map.of("no_cache", true)));
        assertThat(status.get("error").get("code").stringValue()).isEqualTo("INPUT_VALIDATION_FAILED");
        assertThat(api.result(status.get("request_id").stringValue())
                        .get("status")
                        .stringValue())
                .isEqualTo("failed");
    }

    @Test
    void files_are_awaited_and_their_absence_fails_the_run() throws Exception {
        JsonNode created = api.post(
                        "/v1/jobs", Map.of("skill_id", "demo-prime-number", "parameter", Map.of("limit", 10)))
                .json();
        String request = created.get("request_id").stringValue();
        assertThat(created.get("status").isNull()).isTrue();
        assertThat(code(api.get("/v1/jobs/" + request))).isEqualTo("404 RUN_NOT_FOUND");
        assertThat(code(api.post("/v1/jobs/" + request + "/cancel"))).isEqualTo("404 RUN_NOT_FOUND");
        assertThat(code(api.upload(request, "no zip".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("400 ARCHIVE_INVALID");
        assertThat(code(api.upload(request, Map.of("../escaped", "x")))).isEqualTo("400 ARCHIVE_INVALID");
        assertThat(Files.exists(home.resolve("data/requests/escaped"))).isFalse();
        JsonNode uploaded = api.upload(request, Map.of("wrong_name", "1 2 3")).json();
        assertThat(uploaded.get("extracted_files").toString()).isEqualTo("[\"wrong_name\"]");
        JsonNode status = api.awaitEnd(request);
        assertThat(status.get("error").get("code").stringValue()).isEqualTo("INPUT_VALIDATION_FAILED");
        assertThat(status.get("error").get("message").stringValue()).isEqualTo("Missing required input files: numbers");
        assertThat(code(api.upload(request, Map.of("numbers", "1")))).isEqualTo("400 RUN_ALREADY_STARTED");
    }

    @Test
    void nothing_but_artifacts_is_served_as_an_artifact() throws Exception {
        String request = api.create(TestSkill.job("artifact a.txt x", "answer {\"status\": \"ok\"}"));
        JsonNode status = api.awaitEnd(request);
        Path artifacts = workspace(status.get("run_id").stringValue()).resolve("artifacts");
        Files.createSymbolicLink(artifacts.resolve("leak"), home.resolve("data/skill_runner.db"));
        for (String path : List.of(
                "artifacts/%2e%2e/status.json",
                "artifacts/..%2fstatus.json",
                "status.json",
                "artifacts/leak",
                "artifacts",
                "artifacts/",
                "%2Fetc%2Fpasswd",
                "artifacts%5c..%5cstatus.json")) {
            ApiClient.Answer answer = api.get("/v1/jobs/" + request + "/artifacts/" + path);
            assertThat(answer.status()).as(path).isIn(400, 404);
            assertThat(answer.header("content-type").orElse("")).as(path).startsWith("application/problem+json");
        }
        assertThat(api.result(request).get("artifacts").toString()).isEqualTo("[\"artifacts/a.txt\"]");
    }

    @Test
    void the_demo_skill_is_listed_as_the_contract_says() {
        JsonNode skill = api.get("/v1/skills/demo-prime-number").json();
        assertThat(skill.get("id").stringValue()).isEqualTo("demo-prime-number");
        assertThat(skill.get("effective_engines").toString())
                .isEqualTo("[\"codex\",\"gemini\",\"iflow\",\"opencode\"]");
        assertThat(skill.get("unsupport_engine").toString()).isEqualTo("[]");
        assertThat(api.get("/v1/skills").json().size()).isEqualTo(3);
    }

    @Test
    void operators_find_health_readiness_and_metrics() {
        assertThat(api.get("/healthz").status()).isEqualTo(200);
        assertThat(api.get("/readyz").status()).isEqualTo(200);
        assertThat(api.get("/metrics").body())
                .contains("skill_runner_runs{status=\"queued\"}")
                .contains("skill_runner_slots ");
    }

    private JsonNode end(Map<String, Object> job) {
        return api.awaitEnd(api.create(job));
    }

    private String failure(Map<String, Object> job) {
        JsonNode status = end(job);
        assertThat(status.get("status").stringValue()).isEqualTo("failed");
        return status.get("error").get("code").stringValue();
    }

    private Path workspace(String run) {
        return home.resolve("data/runs").resolve(run).resolve("workspace");
    }

    private static String code(ApiClient.Answer answer) {
        return answer.status() + " " + answer.json().get("code").stringValue();
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
