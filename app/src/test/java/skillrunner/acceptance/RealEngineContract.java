package skillrunner.acceptance;

import java.io.IOException;
import java.net.ServerSocket;
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
import skillrunner.domain.engine.EngineId;
import skillrunner.standin.Answer;
import skillrunner.standin.StandInModelServer;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What holds for jobs on a real CLI, whose model is the stand-in on loopback. Everything else is as in production. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RealEngineContract {
    private final EngineId engine;
    private Path home;
    private StandInModelServer model;
    private RunningServer server;
    private ApiClient api;

    RealEngineContract(EngineId engine) {
        this.engine = engine;
    }

    /** Returns the npm prefix that holds the CLI. */
    abstract Path npmPrefix() throws IOException, InterruptedException;

    /** Points the CLI at a model server; its configuration lies in the agent home of this home. */
    abstract void configure(Path home, String baseUrl) throws IOException;

    /** Returns scenarios of the stand-in in which a run fails, with the code it fails with. */
    abstract Map<String, String> failures();

    /** Returns variables the server needs beside the usual ones. */
    Map<String, String> variables() {
        return Map.of();
    }

    @BeforeAll
    void start() throws Exception {
        // codex warns on every stderr when its home lies below the folder for temporary files.
        home = Files.createTempDirectory(
                Files.createDirectories(Repository.root().resolve("app/target/real-" + engine)), "home");
        TestSkill.install(home);
        installWritten(
                "with-mark", "\uFEFF---\r\nname: with-mark\r\ndescription: begins with a mark\r\n---\r\n# Skill\r\n");
        installWritten("undescribed", "---\nname: undescribed\n---\n# Skill\n");
        model = StandInModelServer.start(0);
        model.register(
                "artifact",
                turn -> turn.toolOutput().isEmpty()
                        ? new Answer.ToolCall("mkdir -p artifacts && printf written > artifacts/report.txt")
                        : new Answer.Text("{\"__SKILL_DONE__\": true, \"status\": \"written\"}"));
        model.register(
                "adopted", turn -> new Answer.Text("{\"__SKILL_DONE__\": true, \"answer\": \"Done in prose.\"}"));
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
    void the_skill_and_the_rules_of_the_run_reach_the_model() throws Exception {
        int before = model.requests().size();
        JsonNode status = run("json");
        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
        assertThat(model.requests().subList(before, model.requests().size()))
                .anySatisfy(request -> assertThat(request.body()).contains("does what it is told"));
    }

    /** Two turns of one conversation: what the agent knew and left in the first is there in the second. */
    @Test
    void a_question_is_answered_in_the_same_conversation_and_directory() throws Exception {
        model.register(
                "asks",
                turn -> turn.userTexts().stream().anyMatch(text -> text.contains("Blue, by all means"))
                        ? new Answer.Text("{\"__SKILL_DONE__\": true, \"answer\": \"It is blue.\"}")
                        : new Answer.Text("Which colour?\n<ASK_USER_YAML>\nkind: choose_one\noptions: [blue, red]\n"
                                + "</ASK_USER_YAML>"));
        configure(home, model.baseUrl("asks"));
        byte[] zip = TestPackage.of("x", "1.0.0")
                .without("assets/runner.json")
                .file("SKILL.md", "---\nname: Asks First\ndescription: Asks before it paints.\n---\n# Paint\n")
                .zip();
        api.awaitInstall(api.send("/v1/skill-packages/install?adopt=true", "file", zip)
                .json()
                .get("request_id")
                .stringValue());
        String request = api.create(Map.of(
                "skill_id",
                "asks-first",
                "engine",
                engine.wire(),
                "input",
                Map.of("prompt", "Paint the harbour."),
                "runtime_options",
                Map.of("execution_mode", "interactive")));
        JsonNode status = api.awaitStatus(request, Set.of("waiting_user", "succeeded", "failed", "canceled"));
        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("waiting_user");
        JsonNode pending = api.get("/v1/jobs/" + request + "/interaction/pending?wait_seconds=1")
                .json()
                .get("pending");
        assertThat(pending.get("prompt").stringValue()).isEqualTo("Which colour?");
        assertThat(pending.get("options").toString()).contains("blue", "red");
        int before = model.requests().size();

        assertThat(api.post(
                                "/v1/jobs/" + request + "/interaction/reply",
                                Map.of("interaction_id", 1, "response", "Blue, by all means."))
                        .status())
                .isEqualTo(200);

        JsonNode ended = api.awaitEnd(request);
        assertThat(ended.get("status").stringValue()).as(ended.toString()).isEqualTo("succeeded");
        assertThat(api.result(request).get("data").toString()).isEqualTo("{\"answer\":\"It is blue.\"}");
        assertThat(model.requests().subList(before, model.requests().size()))
                .anySatisfy(asked -> assertThat(asked.body())
                        .contains("Paint the harbour.", "Which colour?", "Blue, by all means."));
    }

    @Test
    void a_skill_that_comes_with_its_request_reaches_the_model_and_is_gone_afterwards() throws Exception {
        configure(home, model.baseUrl("artifact"));
        ApiClient temporary = api.ofTemporarySkills();
        int before = model.requests().size();
        String request = temporary.create(Map.of(
                "engine", engine.wire(), "parameter", Map.of("script", "Do as told."), "runtime_options", Map.of()));
        assertThat(temporary
                        .uploadSkill(request, TestSkill.sent("sent-along").zip())
                        .status())
                .isEqualTo(200);
        JsonNode status = temporary.awaitEnd(request);
        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
        assertThat(temporary.result(request).get("data").toString()).isEqualTo("{\"status\":\"written\"}");
        assertThat(api.get(temporary.path(request, "/artifacts/artifacts/report.txt"))
                        .body())
                .isEqualTo("written");
        assertThat(model.requests().subList(before, model.requests().size()))
                .anySatisfy(asked -> assertThat(asked.body()).contains("sent-along"));
        assertThat(home.resolve("data/temp_skill_runs/staged")).isEmptyDirectory();
        assertThat(home.resolve("data/temp_skill_runs/requests")).isEmptyDirectory();
    }

    /** A byte order mark or a missing description makes a CLI pass over a skill in silence. */
    @Test
    void a_skill_reaches_the_model_whatever_editor_wrote_it() throws Exception {
        configure(home, model.baseUrl("json"));
        for (Map.Entry<String, String> skill : Map.of(
                        "with-mark", "begins with a mark", "undescribed", "Does the task of the skill Scripted")
                .entrySet()) {
            int before = model.requests().size();
            JsonNode status = api.awaitEnd(api.create(Map.of(
                    "skill_id",
                    skill.getKey(),
                    "engine",
                    engine.wire(),
                    "parameter",
                    Map.of("script", "Do as told."),
                    "runtime_options",
                    Map.of("no_cache", true))));
            assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
            assertThat(model.requests().subList(before, model.requests().size()))
                    .anySatisfy(request -> assertThat(request.body()).contains(skill.getValue()));
        }
    }

    /** An engine may have its own idea of what a skill's name is; the product's prompt has to work with every valid id. */
    @Test
    void a_skill_reaches_the_model_whatever_its_id() throws Exception {
        configure(home, model.baseUrl("json"));
        for (String id : unusualIds()) {
            installWritten(
                    id, "---\nname: " + id + "\ndescription: is called unusually\n---\n# The text of " + id + "\n");
            withoutPrompts(id);
            int before = model.requests().size();
            JsonNode status = api.awaitEnd(api.create(Map.of(
                    "skill_id",
                    id,
                    "engine",
                    engine.wire(),
                    "parameter",
                    Map.of("script", "x"),
                    "runtime_options",
                    Map.of("no_cache", true))));
            assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
            String expected = givesTheWholeSkill() ? "# The text of " + id : "is called unusually";
            assertThat(model.requests().subList(before, model.requests().size()))
                    .as(id)
                    .anySatisfy(request -> assertThat(request.body()).contains(expected));
        }
    }

    @Test
    void an_adopted_skill_answers_in_a_text_and_its_instructions_reach_the_model() throws Exception {
        configure(home, model.baseUrl("adopted"));
        byte[] zip = TestPackage.of("x", "1.0.0")
                .without("assets/runner.json")
                .file("SKILL.md", "---\nname: Prose Writer\ndescription: Writes as nobody else does.\n---\n# Prose\n")
                .zip();
        ApiClient.Answer accepted = api.send("/v1/skill-packages/install?adopt=true", "file", zip);
        assertThat(api.awaitInstall(accepted.json().get("request_id").stringValue())
                        .get("skill_id")
                        .stringValue())
                .isEqualTo("prose-writer");
        int before = model.requests().size();

        String request = api.create(Map.of(
                "skill_id",
                "prose-writer",
                "engine",
                engine.wire(),
                "input",
                Map.of("prompt", "Write about the sea."),
                "await_upload",
                true));
        assertThat(api.upload(request, Map.of("the sea.txt", "deep")).status()).isEqualTo(200);

        JsonNode status = api.awaitEnd(request);
        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
        assertThat(api.result(request).get("data").toString()).isEqualTo("{\"answer\":\"Done in prose.\"}");
        assertThat(model.requests().subList(before, model.requests().size()))
                .anySatisfy(asked -> assertThat(asked.body())
                        .contains("Writes as nobody else does.", "Write about the sea.", "the sea.txt"));
    }

    /** Returns valid ids that the CLI might take for something else. */
    List<String> unusualIds() {
        return List.of("Upper.Case_1");
    }

    /** Tells whether the CLI gives a skill that is named in the prompt to the model by itself. */
    boolean givesTheWholeSkill() {
        return false;
    }

    private void withoutPrompts(String id) throws IOException {
        Path runner = home.resolve("data/skills").resolve(id).resolve("assets/runner.json");
        String text = Files.readString(runner);
        Files.writeString(runner, text.substring(0, text.indexOf("\"entrypoint\"")) + "\"entrypoint\": {}}\n");
    }

    private void installWritten(String id, String text) throws IOException {
        TestSkill.install(home, id, EngineId.BUILT_IN);
        Files.writeString(home.resolve("data/skills").resolve(id).resolve("SKILL.md"), text);
    }

    @Test
    void an_answer_in_a_fence_counts_with_a_warning() throws Exception {
        JsonNode status = run("fenced");
        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
        assertThat(status.get("warnings").toString()).isEqualTo("[\"OUTPUT_REPAIRED_GENERIC\"]");
    }

    @Test
    void every_way_a_model_can_fail_ends_with_its_code() throws Exception {
        for (Map.Entry<String, String> failure : failures().entrySet()) {
            JsonNode status = run(failure.getKey());
            assertThat(status.get("status").stringValue())
                    .as(failure.getKey() + " " + status)
                    .isEqualTo("failed");
            assertThat(status.get("error").get("code").stringValue())
                    .as(failure.getKey() + " " + status)
                    .isEqualTo(failure.getValue());
        }
    }

    @Test
    void a_silent_model_is_ended_by_the_hard_timeout() throws Exception {
        assertEndedByTheHardTimeout(model.baseUrl("hang"));
    }

    @Test
    void a_model_server_that_is_down_is_ended_by_the_hard_timeout() throws Exception {
        int unused;
        try (ServerSocket socket = new ServerSocket(0)) {
            unused = socket.getLocalPort();
        }
        assertEndedByTheHardTimeout("http://127.0.0.1:" + unused);
    }

    @Test
    void cancel_ends_the_real_cli_with_its_tool() throws Exception {
        model.register("endless", turn -> new Answer.ToolCall("echo started > started.txt; exec sleep 1000"));
        configure(home, model.baseUrl("endless"));
        String request = api.create(TestSkill.job(engine, Map.of("no_cache", true)));
        String run = api.awaitStatus(request, Set.of("running")).get("run_id").stringValue();
        await().until(() -> Files.exists(home.resolve("data/runs").resolve(run).resolve("workspace/started.txt")));
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
        Path other = home.resolve("second");
        TestSkill.install(other);
        configure(other, model.baseUrl("patient"));
        String request;
        String run;
        try (RunningServer first = RunningServer.start(other, settings())) {
            ApiClient client = first.client();
            request = client.create(TestSkill.job(engine, Map.of("no_cache", true)));
            run = client.awaitStatus(request, Set.of("running")).get("run_id").stringValue();
            await().until(() ->
                    Files.exists(other.resolve("data/runs").resolve(run).resolve("workspace/waiting")));
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

    final EngineId engine() {
        return engine;
    }

    final Path home() {
        return home;
    }

    final StandInModelServer model() {
        return model;
    }

    final ApiClient api() {
        return api;
    }

    private void assertEndedByTheHardTimeout(String baseUrl) throws IOException {
        configure(home, baseUrl);
        String request = api.create(TestSkill.job(engine, Map.of("hard_timeout_seconds", 4, "no_cache", true)));
        JsonNode status = api.awaitEnd(request);
        assertThat(status.get("error").get("code").stringValue()).isEqualTo("TIMEOUT");
        assertThat(Processes.of(status.get("run_id").stringValue())).isEmpty();
    }

    final JsonNode run(String scenario) throws IOException {
        configure(home, model.baseUrl(scenario));
        return api.awaitEnd(api.create(TestSkill.job(engine, Map.of("no_cache", true))));
    }

    private Map<String, String> settings() throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(variables());
        settings.put("SKILL_RUNNER_NPM_PREFIX", npmPrefix().toString());
        return settings;
    }
}
