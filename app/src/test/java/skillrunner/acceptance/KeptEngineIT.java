package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs on an engine whose process keeps running from question to answer: whole conversations, ends of all sorts, and servers that
 * are killed while it waits, between answer and its delivery, and while it works.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeptEngineIT {
    private static final Set<String> SETTLED = Set.of("waiting_user", "succeeded", "failed", "canceled");

    /** Every line that it reads is a turn, and so is every line that it says. */
    private static final String PROGRAM =
            """
            #!/bin/sh
            case $1 in
              --version) echo testengine 1.2.3 ;;
              talk)
                echo started >>starts.txt
                while IFS= read -r line; do
                  printf '%s\\n' "$line" >>heard.txt
                  directive=${line##*@cli }
                  directive=${directive%%\\\\n*}
                  case $directive in
                    'ask '*) printf '%s\\n' "${directive#ask }" ;;
                    'wait '*) until [ -e "${directive#wait }" ]; do sleep 0.02; done; echo 'And now?' ;;
                    '{'*) echo '{"__SKILL_DONE__": true, "status": "nobody answered"}' ;;
                    *) printf '{"__SKILL_DONE__": true, "status": "%s"}\\n' "$directive" ;;
                  esac
                done
                echo ended >>heard.txt ;;
            esac
            """;

    private Path home;
    private RunningServer server;
    private ApiClient api;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        home = folder;
        prepare(home);
        server = started(home);
        api = server.client();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void three_turns_are_one_process_which_hears_each_answer_once() throws Exception {
        String request = ask(Map.of("debug", true), "ask Which colour?");
        JsonNode first = settled(api, request);
        assertThat(api.get("/v1/management/runs/" + request + "/files").status())
                .isEqualTo(200);
        Path run = run(home, first);
        assertThat(state(run).get("interactive_profile").get("kind").stringValue())
                .isEqualTo("sticky_process");
        assertThat(state(run).get("wait_deadline_at").isNull()).isFalse();
        assertThat(Processes.of(String.valueOf(run.getFileName()))).isNotEmpty();
        JsonNode pending =
                api.get("/v1/jobs/" + request + "/interaction/pending").json();
        assertThat(pending.get("interactive_profile").get("kind").stringValue()).isEqualTo("sticky_process");

        assertThat(reply(api, request, 1, "one\nor two @cli ask And size?")
                        .json()
                        .get("status")
                        .stringValue())
                .isEqualTo("running");
        assertThat(awaitQuestion(api, request, 2)).isEqualTo("And size?");
        assertThat(reply(api, request, 2, "fine").status()).isEqualTo(200);

        JsonNode ended = api.awaitEnd(request);
        assertThat(ended.get("status").stringValue()).as(ended.toString()).isEqualTo("succeeded");
        assertThat(api.result(request).get("data").toString()).isEqualTo("{\"status\":\"fine\"}");
        assertThat(api.result(request).get("interactive_profile").get("kind").stringValue())
                .isEqualTo("sticky_process");
        assertThat(run.resolve("workspace/starts.txt")).hasContent("started");
        List<String> heard = Files.readAllLines(run.resolve("workspace/heard.txt"));
        assertThat(heard).hasSize(4).endsWith("fine", "ended").contains("one\\nor two @cli ask And size?");
        assertThat(api.get("/v1/jobs/" + request + "/logs").json().get("stdout").stringValue())
                .isEqualTo("{\"__SKILL_DONE__\": true, \"status\": \"fine\"}\n");
        assertThat(run.resolve(".audit/stdout.1.log"))
                .hasContent("Which colour?\nAnd size?\n{\"__SKILL_DONE__\": true, \"status\": \"fine\"}");
        assertThat(api.get("/v1/jobs/" + request + "/bundle").status()).isEqualTo(200);
        assertNothingWorks(run);
    }

    @Test
    void a_run_that_is_canceled_while_it_waits_leaves_nobody() throws Exception {
        String request = ask(Map.of(), "ask Which colour?");
        Path run = run(home, settled(api, request));

        assertThat(api.post("/v1/jobs/" + request + "/cancel", Map.of())
                        .json()
                        .get("accepted")
                        .booleanValue())
                .isTrue();

        assertThat(api.awaitEnd(request).get("status").stringValue()).isEqualTo("canceled");
        assertNothingWorks(run);
        assertThat(reply(api, request, 1, "late").status()).isEqualTo(409);
    }

    @Test
    void an_engine_is_kept_as_long_as_was_said_and_no_longer() throws Exception {
        String request = ask(Map.of("session_timeout_sec", 1), "ask Which colour?");

        JsonNode ended = api.awaitEnd(request);

        assertThat(ended.get("error").get("code").stringValue()).isEqualTo("INTERACTION_WAIT_TIMEOUT");
        assertNothingWorks(run(home, ended));
        ApiClient.Answer late = reply(api, request, 1, "late");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.json().get("decision").get("decided_by").stringValue()).isEqualTo("wait_timeout");
    }

    @Test
    void where_nobody_has_to_answer_the_engine_hears_a_decision() throws Exception {
        String request =
                ask(Map.of("session_timeout_sec", 1, "interactive_require_user_reply", false), "ask Which colour?");

        JsonNode ended = api.awaitEnd(request);

        assertThat(ended.get("auto_decision_count").intValue()).isEqualTo(1);
        Path run = run(home, ended);
        assertThat(Files.readString(run.resolve("workspace/heard.txt"))).contains("auto_decide_timeout");
        assertThat(run.resolve("workspace/starts.txt")).hasContent("started");
    }

    @Test
    void an_engine_that_somebody_ends_while_it_waits_fails_the_run() throws Exception {
        String request = ask(Map.of(), "ask Which colour?");
        Path run = run(home, settled(api, request));

        kill(run);

        JsonNode ended = api.awaitEnd(request);
        assertThat(ended.get("error").get("code").stringValue()).isEqualTo("INTERACTION_PROCESS_LOST");
        assertThat(ended.get("recovery_state").stringValue()).isEqualTo("none");
        assertThat(reply(api, request, 1, "late").status()).isEqualTo(409);
        assertNothingWorks(run);
    }

    /** While it waits, between the answer and its delivery, and while it works on it: it is one process that hears each answer once. */
    @Test
    void an_answer_is_heard_once_wherever_the_server_is_killed(@TempDir Path other) throws Exception {
        prepare(other);
        Path go = other.resolve("go");
        String request;
        Path run;
        String lost;
        try (RunningServer first = started(other)) {
            request = first.client().create(job(Map.of(), "ask Which colour?"));
            run = run(other, settled(first.client(), request));
            lost = first.client().create(job(Map.of(), "ask Which size?"));
            Path gone = run(other, settled(first.client(), lost));
            first.kill();
            kill(gone);
        }
        assertThat(Processes.of(String.valueOf(run.getFileName()))).isNotEmpty();
        try (RunningServer second = started(other)) {
            JsonNode failed = second.client().awaitEnd(lost);
            assertThat(failed.get("error").get("code").stringValue()).isEqualTo("INTERACTION_PROCESS_LOST");
            assertThat(failed.get("recovery_state").stringValue()).isEqualTo("failed_reconciled");
            assertNothingWorks(run(other, failed));
            JsonNode status = settled(second.client(), request);
            assertThat(status.get("recovery_state").stringValue()).isEqualTo("recovered_waiting");
            assertThat(status.get("recovery_reason").stringValue()).isEqualTo("sticky_waiting_preserved");
            assertThat(reply(second.client(), request, 1, "blue @cli wait " + go)
                            .status())
                    .isEqualTo(200);
            second.kill();
        }
        try (RunningServer third = started(other)) {
            await().until(() ->
                    Files.readAllLines(run.resolve("workspace/heard.txt")).size() == 2);
            third.kill();
        }
        Files.writeString(go, "");
        try (RunningServer last = started(other)) {
            assertThat(awaitQuestion(last.client(), request, 2)).isEqualTo("And now?");
            assertThat(reply(last.client(), request, 1, "else").status()).isEqualTo(409);
            reply(last.client(), request, 2, "fine");
            JsonNode ended = last.client().awaitEnd(request);
            assertThat(ended.get("status").stringValue()).as(ended.toString()).isEqualTo("succeeded");
        }
        assertThat(Files.readAllLines(run.resolve("workspace/heard.txt")))
                .hasSize(4)
                .endsWith("blue @cli wait " + go, "fine", "ended");
        assertThat(run.resolve("workspace/starts.txt")).hasContent("started");
        assertNothingWorks(run);
    }

    private static void prepare(Path home) throws IOException {
        TestSkill.installAsking(home, List.of(FifthEngine.ID));
        FifthEngine.install(home, PROGRAM);
    }

    private static RunningServer started(Path home) throws IOException {
        return RunningServer.startBy(FifthEngine.launcher(home), home, Map.of());
    }

    private String ask(Map<String, Object> options, String... directives) {
        return api.create(job(options, directives));
    }

    private static Map<String, Object> job(Map<String, Object> options, String... directives) {
        Map<String, Object> all = new HashMap<>(options);
        all.put("execution_mode", "interactive");
        Map<String, Object> job = new HashMap<>(TestSkill.job(FifthEngine.ID, all, directives));
        job.put("skill_id", TestSkill.ASKING);
        job.put("model", "small");
        return job;
    }

    private static JsonNode settled(ApiClient api, String request) {
        JsonNode status = api.awaitStatus(request, SETTLED);
        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("waiting_user");
        return status;
    }

    private static String awaitQuestion(ApiClient api, String request, int number) {
        await().until(() -> {
            JsonNode pending = api.status(request).get("pending_interaction_id");
            return !pending.isNull() && pending.intValue() == number;
        });
        return api.get("/v1/jobs/" + request + "/interaction/pending")
                .json()
                .get("pending")
                .get("prompt")
                .stringValue();
    }

    private static ApiClient.Answer reply(ApiClient api, String request, int question, String words) {
        return api.post(
                "/v1/jobs/" + request + "/interaction/reply", Map.of("interaction_id", question, "response", words));
    }

    private static Path run(Path home, JsonNode status) {
        return home.resolve("data/runs").resolve(status.get("run_id").stringValue());
    }

    private static JsonNode state(Path run) throws IOException {
        return JsonMapper.builder().build().readTree(Files.readString(run.resolve("interactions/runtime_state.json")));
    }

    private static void kill(Path run) throws IOException {
        for (long pid : Processes.of(String.valueOf(run.getFileName()))) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private static void assertNothingWorks(Path run) {
        await().until(() -> Processes.of(String.valueOf(run.getFileName())).isEmpty());
    }
}
