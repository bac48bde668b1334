package skillrunner.acceptance;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import skillrunner.standin.Answer;
import skillrunner.standin.StandInModelServer;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Jobs on the real codex CLI, whose model is the stand-in on loopback. Everything else is as in production. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealCodexIT {
    private Path home;
    private StandInModelServer model;
    private RunningServer server;
    private ApiClient api;

    @BeforeAll
    void start() throws Exception {
        // codex warns on every stderr when its home lies below the folder for temporary files.
        home = Files.createTempDirectory(
                Files.createDirectories(Repository.root().resolve("app/target/real-codex")), "home");
        TestSkill.install(home);
        model = StandInModelServer.start(0);
        model.register(
                "artifact",
                turn -> turn.toolOutput().isEmpty()
                        ? new Answer.ToolCall("mkdir -p artifacts && printf written > artifacts/report.txt")
                        : new Answer.Text("{\"__SKILL_DONE__\": true, \"status\": \"written\"}"));
        server = RunningServer.start(home, settings());
        api = server.client();
    }

    @AfterAll
    void stop() {
        server.close();
        model.close();
    }

    @Test
    void a_tool_call_writes_an_artifact_and_the_answer_is_validated() throws Exception {
        JsonNode status = run("artifact");
        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
        String request = status.get("request_id").stringValue();
        assertThat(api.result(request).get("data").toString()).isEqualTo("{\"status\":\"written\"}");
        assertThat(api.get("/v1/jobs/" + request + "/artifacts/artifacts/report.txt")
                        .body())
                .isEqualTo("written");
        assertThat(Processes.of(status.get("run_id").stringValue())).isEmpty();
    }

    @Test
    void the_demo_skill_computes_primes_from_a_parameter_and_a_file() throws Exception {
        RealCodex.configure(home, model.baseUrl("follow") + "/v1");
        String request = api.create(Map.of("skill_id", "demo-prime-number", "parameter", Map.of("limit", 30)));
        api.upload(request, Map.of("numbers", "4 7 9 97\n100"));
        JsonNode status = api.awaitEnd(request);
        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
        JsonNode data = api.result(request).get("data");
        assertThat(data.get("count").intValue()).isEqualTo(10);
        assertThat(data.get("file_primes").toString()).isEqualTo("[7,97]");
        assertThat(api.get("/v1/jobs/" + request + "/artifacts/artifacts/primes.csv")
                        .body())
                .endsWith("10,29\n");
    }

    @Test
    void the_skill_and_the_rules_of_the_run_reach_the_model() throws Exception {
        int before = model.requests().size();
        JsonNode status = run("json");
        assertThat(status.get("status").stringValue()).isEqualTo("succeeded");
        String sent = model.requests().get(before).body();
        assertThat(sent).contains("does what it is told");
    }

    @Test
    void an_answer_in_a_fence_counts_with_a_warning() throws Exception {
        JsonNode status = run("fenced");
        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
        assertThat(status.get("warnings").toString()).isEqualTo("[\"OUTPUT_REPAIRED_GENERIC\"]");
    }

    @Test
    void every_way_a_model_can_fail_ends_with_its_code() throws Exception {
        assertThat(failure("bad-json")).isEqualTo("OUTPUT_VALIDATION_FAILED");
        assertThat(failure("e401")).isEqualTo("AUTH_REQUIRED");
        assertThat(failure("e500")).isEqualTo("ENGINE_EXIT_NONZERO");
        assertThat(failure("reset")).isEqualTo("ENGINE_EXIT_NONZERO");
    }

    @Test
    void a_silent_model_is_ended_by_the_hard_timeout() throws Exception {
        assertEndedByTheHardTimeout(model.baseUrl("hang") + "/v1");
    }

    @Test
    void a_model_server_that_is_down_is_ended_by_the_hard_timeout() throws Exception {
        int unused;
        try (ServerSocket socket = new ServerSocket(0)) {
            unused = socket.getLocalPort();
        }
        assertEndedByTheHardTimeout("http://127.0.0.1:" + unused + "/v1");
    }

    @Test
    void cancel_ends_the_real_cli_with_its_tool() throws Exception {
        model.register("endless", turn -> new Answer.ToolCall("echo started > started.txt; exec sleep 1000"));
        RealCodex.configure(home, model.baseUrl("endless") + "/v1");
        String request = api.create(TestSkill.job());
        String run = api.awaitStatus(request, Set.of("running")).get("run_id").stringValue();
        await().until(() -> Files.exists(home.resolve("data/runs").resolve(run).resolve("started.txt")));
        assertThat(Processes.of(run)).isNotEmpty();
        api.post("/v1/jobs/" + request + "/cancel");
        assertThat(api.awaitEnd(request).get("status").stringValue()).isEqualTo("canceled");
        assertThat(Processes.of(run)).isEmpty();
    }

    @Test
    void a_run_of_the_real_cli_survives_a_killed_server() throws Exception {
        Path go = Files.createTempDirectory(home, "go").resolve("go");
        model.register(
                "patient",
                turn -> turn.toolOutput().isEmpty()
                        ? new Answer.ToolCall(
                                "touch waiting; until [ -e '" + go + "' ]; do sleep 0.05; done; echo over")
                        : new Answer.Text("{\"status\": \"survived\"}"));
        RealCodex.configure(home, model.baseUrl("patient") + "/v1");
        Path other = home.resolve("second");
        TestSkill.install(other);
        RealCodex.configure(other, model.baseUrl("patient") + "/v1");
        String request;
        String run;
        try (RunningServer first = RunningServer.start(other, settings())) {
            ApiClient client = first.client();
            request = client.create(TestSkill.job());
            run = client.awaitStatus(request, Set.of("running")).get("run_id").stringValue();
            await().until(() ->
                    Files.exists(other.resolve("data/runs").resolve(run).resolve("waiting")));
            first.kill();
        }
        Files.writeString(go, "");
        try (RunningServer second = RunningServer.start(other, settings())) {
            JsonNode status = second.client().awaitEnd(request);
            assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
            assertThat(status.get("recovery_reason").stringValue()).isEqualTo("process_reattached");
            assertThat(Processes.of(run)).isEmpty();
        }
    }

    private void assertEndedByTheHardTimeout(String baseUrl) throws IOException {
        RealCodex.configure(home, baseUrl);
        String request = api.create(TestSkill.job(Map.of("hard_timeout_seconds", 4, "no_cache", true)));
        JsonNode status = api.awaitEnd(request);
        assertThat(status.get("error").get("code").stringValue()).isEqualTo("TIMEOUT");
        assertThat(Processes.of(status.get("run_id").stringValue())).isEmpty();
    }

    private String failure(String scenario) throws IOException {
        JsonNode status = run(scenario);
        assertThat(status.get("status").stringValue()).as(scenario).isEqualTo("failed");
        return status.get("error").get("code").stringValue();
    }

    private JsonNode run(String scenario) throws IOException {
        RealCodex.configure(home, model.baseUrl(scenario) + "/v1");
        return api.awaitEnd(api.create(TestSkill.job()));
    }

    private static Map<String, String> settings() throws IOException, InterruptedException {
        return Map.of(
                "SKILL_RUNNER_NPM_PREFIX", RealCodex.npmPrefix().toString(), "STUB_API_KEY", "a-key-for-the-stand-in");
    }
}
