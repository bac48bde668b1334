package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Runs that ask, on scripted CLIs: whole conversations, with and without somebody who answers, and beside a full queue. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InteractiveIT {
    private static final String DONE = "@cli answer {\"__SKILL_DONE__\": true, \"status\": \"fine\"}";
    private static final Set<String> SETTLED = Set.of("waiting_user", "succeeded", "failed", "canceled");

    private Path home;
    private RunningServer server;
    private ApiClient api;

    static Stream<EngineId> engines() {
        return EngineId.BUILT_IN.stream();
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        home = folder;
        TestSkill.install(home);
        Path runner = home.resolve("data/skills/" + TestSkill.ID + "/assets/runner.json");
        Files.writeString(runner, Files.readString(runner).replace("[\"auto\"]", "[\"auto\", \"interactive\"]"));
        for (EngineId engine : EngineId.BUILT_IN) {
            ScriptedCli.install(home.resolve("cache/npm/bin"), engine);
        }
        server = RunningServer.start(
                home, Map.of("SKILL_RUNNER_MAX_CONCURRENT_HARD_CAP", "1", "SKILL_RUNNER_MAX_QUEUE_SIZE", "1"));
        api = server.client();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void three_turns_are_one_conversation_and_leave_their_files(EngineId engine) throws Exception {
        String request = ask(engine, Map.of(), "say Which colour?");
        JsonNode first = settled(api, request);
        Path run = home.resolve("data/runs").resolve(first.get("run_id").stringValue());
        assertThat(state(run).get("pending_interaction_id").intValue()).isEqualTo(1);
        assertThat(run.resolve("interactions/pending.json")).exists();
        byte[] told = Files.readAllBytes(run.resolve(".audit/stdout.1.log"));

        assertThat(reply(api, request, 1, "@cli say And size?").status()).isEqualTo(200);
        assertThat(settled(api, request).get("pending_interaction_id").intValue())
                .isEqualTo(2);
        assertThat(reply(api, request, 2, DONE).status()).isEqualTo(200);

        JsonNode ended = api.awaitEnd(request);
        assertThat(ended.get("status").stringValue()).as(ended.toString()).isEqualTo("succeeded");
        assertThat(run.resolve("interactions/pending.json")).doesNotExist();
        assertThat(Files.readString(run.resolve("interactions/history.jsonl")).lines())
                .hasSize(4);
        assertThat(state(run).get("status").stringValue()).isEqualTo("succeeded");
        assertThat(state(run).get("attempt_number").intValue()).isEqualTo(3);
        assertThat(state(run).get("session_handle").get("engine").stringValue()).isEqualTo(engine.wire());
        assertThat(Files.readAllBytes(run.resolve(".audit/stdout.1.log"))).isEqualTo(told);
        assertThat(run.resolve(".audit/stdout.3.log")).isNotEmptyFile();
    }

    /** Whichever of the two the server died between, the turn runs once, with this answer. */
    @Test
    void an_answer_is_given_once_wherever_the_server_is_killed(@TempDir Path other) throws Exception {
        TestSkill.install(other);
        Path runner = other.resolve("data/skills/" + TestSkill.ID + "/assets/runner.json");
        Files.writeString(runner, Files.readString(runner).replace("[\"auto\"]", "[\"interactive\"]"));
        ScriptedCli.install(other.resolve("cache/npm/bin"), EngineId.CODEX);
        String request;
        Path run;
        try (RunningServer first = RunningServer.start(other, Map.of())) {
            ApiClient client = first.client();
            request = client.create(
                    TestSkill.job(EngineId.CODEX, Map.of("execution_mode", "interactive"), "say Which colour?"));
            run = other.resolve("data/runs")
                    .resolve(settled(client, request).get("run_id").stringValue());
            first.kill();
        }
        String answer = "@cli sh echo turn >> turns.txt\n@cli wait " + other.resolve("go") + "\n" + DONE;
        try (RunningServer second = RunningServer.start(other, Map.of())) {
            JsonNode status = settled(second.client(), request);
            assertThat(status.get("recovery_reason").stringValue()).isEqualTo("resumable_waiting_preserved");
            assertThat(reply(second.client(), request, 1, answer).status()).isEqualTo(200);
            second.kill();
        }
        try (RunningServer third = RunningServer.start(other, Map.of())) {
            await().until(() -> Files.exists(run.resolve("workspace/turns.txt")));
            third.kill();
        }
        Files.writeString(other.resolve("go"), "");
        try (RunningServer last = RunningServer.start(other, Map.of())) {
            JsonNode ended = last.client().awaitEnd(request);
            assertThat(ended.get("status").stringValue()).as(ended.toString()).isEqualTo("succeeded");
            ApiClient.Answer late = reply(last.client(), request, 1, "something else");
            assertThat(late.status()).isEqualTo(409);
            assertThat(late.json().get("decision").get("response").stringValue())
                    .isEqualTo(answer);
        }
        assertThat(run.resolve("workspace/turns.txt")).hasContent("turn");
        assertThat(Files.readString(run.resolve(".audit/stdin.2.log")))
                .isEqualTo(JsonMapper.builder().build().writeValueAsString(answer));
        assertThat(run.resolve(".audit/stdin.1.log")).isEmptyFile();
    }

    @Test
    void an_opencode_that_says_nothing_is_asked_for_its_session() throws Exception {
        String request = ask(EngineId.OPENCODE, Map.of(), "say Which colour?");
        settled(api, request);

        reply(
                api,
                request,
                1,
                "@cli silent\n@cli sh printf '{\"info\":{\"id\":\"%s\"},\"messages\":[{\"info\":{\"role\":\"assistant\","
                        + "\"time\":{\"created\":%s000}},\"parts\":[{\"type\":\"text\",\"text\":\"{\\\\\"status\\\\\":"
                        + "\\\\\"blue\\\\\"}\"},{\"type\":\"step-finish\",\"reason\":\"stop\"}]}]}'"
                        + " \"$session\" $(($(date +%s) + 1)) > \"$HOME/$session.json\"");

        JsonNode ended = api.awaitEnd(request);
        assertThat(ended.get("status").stringValue()).as(ended.toString()).isEqualTo("succeeded");
        assertThat(api.result(request).get("data").toString()).isEqualTo("{\"status\":\"blue\"}");
    }

    @Test
    void an_opencode_that_says_nothing_and_knows_nothing_has_lost_its_session() throws Exception {
        String request = ask(EngineId.OPENCODE, Map.of(), "say Which colour?");
        settled(api, request);

        reply(api, request, 1, "@cli silent");

        assertThat(api.awaitEnd(request).get("error").get("code").stringValue()).isEqualTo("SESSION_RESUME_FAILED");
    }

    @Test
    void a_run_of_a_skill_that_came_along_goes_on_when_nobody_answers() throws Exception {
        ApiClient temporary = api.ofTemporarySkills();
        Map<String, Object> options = Map.of(
                "execution_mode", "interactive", "interactive_require_user_reply", false, "session_timeout_sec", 1);
        String request = temporary.create(TestSkill.request(options, "say Which colour?"));
        byte[] skill = TestSkill.sentAsking("asks").zip();
        assertThat(temporary.uploadSkill(request, skill).status()).isEqualTo(200);

        JsonNode ended = temporary.awaitEnd(request);

        assertThat(ended.get("status").stringValue()).as(ended.toString()).isEqualTo("succeeded");
        assertThat(ended.get("auto_decision_count").intValue()).isEqualTo(1);
        assertThat(home.resolve("data/temp_skill_runs/staged")).isEmptyDirectory();
    }

    @Test
    void a_full_queue_takes_neither_answer_nor_files_and_both_can_be_sent_again() throws Exception {
        String asking = ask(EngineId.CODEX, Map.of(), "say Which colour?");
        settled(api, asking);
        Map<String, Object> later = new HashMap<>(TestSkill.job("answer {\"status\": \"fine\"}"));
        later.put("await_upload", true);
        String awaiting = api.create(later);
        Path go = home.resolve("go");
        String working = api.create(TestSkill.job("wait " + go));
        api.awaitStatus(working, Set.of("running"));
        String queued = api.create(TestSkill.job("say hello"));

        ApiClient.Answer answer = reply(api, asking, 1, DONE);
        ApiClient.Answer upload = api.upload(awaiting, Map.of("extra", "x"));

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.json().get("code").stringValue()).isEqualTo("RUN_QUEUE_FULL");
        assertThat(upload.status()).isEqualTo(429);
        assertThat(api.status(asking).get("status").stringValue()).isEqualTo("waiting_user");
        assertThat(api.get("/v1/jobs/" + awaiting).status()).isEqualTo(404);
        Files.writeString(go, "");
        api.awaitEnd(working);
        api.awaitEnd(queued);
        assertThat(reply(api, asking, 1, DONE).status()).isEqualTo(200);
        assertThat(api.awaitEnd(asking).get("status").stringValue()).isEqualTo("succeeded");
        assertThat(api.upload(awaiting, Map.of("extra", "x")).status()).isEqualTo(200);
        assertThat(api.awaitEnd(awaiting).get("status").stringValue()).isEqualTo("succeeded");
    }

    private String ask(EngineId engine, Map<String, Object> options, String... directives) throws IOException {
        Map<String, Object> all = new HashMap<>(options);
        all.put("execution_mode", "interactive");
        return api.create(TestSkill.job(engine, all, directives));
    }

    private static JsonNode settled(ApiClient api, String request) {
        JsonNode status = api.awaitStatus(request, SETTLED);
        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("waiting_user");
        return status;
    }

    private static ApiClient.Answer reply(ApiClient api, String request, int question, String words) {
        return api.post(
                "/v1/jobs/" + request + "/interaction/reply", Map.of("interaction_id", question, "response", words));
    }

    private static JsonNode state(Path run) throws IOException {
        return JsonMapper.builder().build().readTree(Files.readString(run.resolve("interactions/runtime_state.json")));
    }
}
