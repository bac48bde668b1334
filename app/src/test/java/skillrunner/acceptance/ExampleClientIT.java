package skillrunner.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The example client as a program, with a real server behind it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExampleClientIT {
    private static final String DONE = "@cli answer {\"__SKILL_DONE__\": true, \"status\": \"fine\"}";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Path home;
    private RunningServer server;
    private RunningExampleClient client;
    private ApiClient api;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        home = folder;
        TestSkill.installAsking(home);
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        server = RunningServer.start(home, Map.of());
        client = RunningExampleClient.start(home, server.port());
        api = server.client();
    }

    @AfterAll
    void stop() throws InterruptedException {
        server.close();
        assertThat(client.stop()).isZero();
        client.close();
    }

    @Test
    void a_run_goes_from_the_form_over_a_question_to_its_result_and_is_recorded() throws Exception {
        assertThat(get("/").body()).contains("Scripted", "/skills/asking/run");
        assertThat(get("/skills/asking/run").body())
                .contains("name=\"input__note\"", "name=\"file__extra\"", "name=\"parameter__script\"");
        HttpResponse<String> started =
                submit("Do as told.\n@cli sh cp uploads/extra artifacts/copy\n@cli say Which colour?", "the file");
        assertThat(started.statusCode()).as(started.body()).isEqualTo(303);
        String run = started.headers().firstValue("Location").orElseThrow();
        String request = run.substring("/runs/".length());

        String events =
                get("/api" + run + "/events?stdout_from=0&stderr_from=0").body();
        assertThat(events).contains("event: snapshot", "Which colour?", "event: end", "waiting_user");
        api.awaitStatus(request, Set.of("waiting_user"));
        assertThat(get(run).body()).contains("data-status=\"waiting_user\"");
        JsonNode pending = json(get("/api" + run + "/pending")).get("pending");
        assertThat(pending.get("prompt").stringValue()).contains("Which colour?");
        HttpResponse<String> wrong = reply(run, pending.get("interaction_id").intValue() + 1, "x");
        assertThat(wrong.statusCode()).isEqualTo(409);
        assertThat(wrong.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(reply(run, pending.get("interaction_id").intValue(), DONE).statusCode())
                .isEqualTo(200);
        assertThat(api.awaitEnd(request).get("status").stringValue()).isEqualTo("succeeded");

        String result = get(run + "/result").body();
        assertThat(result).contains("fine", "artifacts/copy");
        assertThat(get(run + "/artifacts/artifacts/copy").body()).isEqualTo("the file");
        assertThat(get(run + "/bundle/view?path=artifacts/copy").body()).contains("the file");
        assertThat(json(get("/api" + run + "/bundle/entries")).get("entries").findValuesAsString("rel_path"))
                .contains("artifacts/copy");
        assertThat(get("/runs").body()).contains(request, "data-status=\"succeeded\"");
        JsonNode recording = json(get("/api/recordings/" + request));
        assertThat(recording.findValuesAsString("action"))
                .containsExactly("create_run", "upload", "reply", "reply", "result_read");
        assertThat(get("/recordings/" + request + "?step=3").body()).contains("3 / 5");
    }

    @Test
    void what_the_server_refuses_and_does_not_know_keeps_its_status() throws Exception {
        assertThat(get("/skills/none/run").statusCode()).isEqualTo(404);
        assertThat(get("/runs/none").statusCode()).isEqualTo(404);
        assertThat(get("/runs/none/result").statusCode()).isEqualTo(404);
        assertThat(get("/api/runs/none").body()).contains("\"code\":\"REQUEST_NOT_FOUND\"");
        assertThat(get("/api/runs/none/events").body()).contains("event: error", "\"status_code\":404");
    }

    @Test
    void a_port_in_use_is_said_with_the_name_of_the_variable() throws Exception {
        Command.Ended ended =
                Command.run(RunningExampleClient.environment(home, server.port(), client.port()), "e2e-client");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("SKILL_RUNNER_E2E_CLIENT_PORT=" + client.port() + " is not free");
    }

    @Test
    void an_address_that_others_can_reach_and_an_odd_server_are_refused() throws Exception {
        for (Map.Entry<String, String> bad : Map.of(
                        "SKILL_RUNNER_E2E_CLIENT_HOST", "0.0.0.0",
                        "SKILL_RUNNER_E2E_CLIENT_BACKEND_BASE_URL", "ftp://x:secret@y")
                .entrySet()) {
            Map<String, String> environment = RunningExampleClient.environment(home, 1, client.port());
            environment.put(bad.getKey(), bad.getValue());
            Command.Ended ended = Command.run(environment, "e2e-client");
            assertThat(ended.code()).isEqualTo(78);
            assertThat(ended.err()).contains(bad.getKey()).doesNotContain("secret");
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(address(path)).build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> reply(String run, int question, String response) throws Exception {
        String body = JSON.writeValueAsString(Map.of("interaction_id", question, "response", response));
        return http.send(
                HttpRequest.newBuilder(address("/api" + run + "/reply"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> submit(String script, String file) throws Exception {
        StringBuilder body = new StringBuilder();
        for (List<String> field : List.of(
                List.of("engine", "codex"),
                List.of("execution_mode", "interactive"),
                List.of("input__note", "a note"),
                List.of("parameter__script", script))) {
            body.append("--b\r\nContent-Disposition: form-data; name=\"" + field.get(0) + "\"\r\n\r\n" + field.get(1)
                    + "\r\n");
        }
        body.append("--b\r\nContent-Disposition: form-data; name=\"file__extra\"; filename=\"x\"\r\n\r\n" + file
                + "\r\n--b--\r\n");
        return http.send(
                HttpRequest.newBuilder(address("/skills/asking/run"))
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + client.port() + path);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }
}
