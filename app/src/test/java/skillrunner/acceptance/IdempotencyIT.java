package skillrunner.acceptance;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests that are sent again, and requests whose engine is not ready. */
class IdempotencyIT {
    private static final int CLIENTS = 64;
    private static final String BODY =
            "{\"skill_id\": \"scripted\", \"engine\": \"codex\", \"parameter\": {\"script\": \"hello\"}}";
    private static final String SAME_BODY =
            "{ \"parameter\":{\"script\":\"hello\"},\n\"engine\":\"codex\",\"skill_id\":\"scripted\"}";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path home;

    @Test
    void one_key_creates_one_run_however_parallel_and_over_a_kill() throws Exception {
        TestSkill.install(home);
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        String told;
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            List<HttpResponse<String>> answers = Stream.concat(
                            IntStream.range(0, CLIENTS).mapToObj(i -> i % 2 == 0 ? BODY : SAME_BODY), Stream.of(BODY))
                    .map(body -> send(server, "Once-1", body))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
            assertThat(answers.stream().map(HttpResponse::body).distinct()).hasSize(1);
            told = answers.get(0).body();
            server.kill();
        }
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            assertThat(send(server, "Once-1", BODY).join().body()).isEqualTo(told);
            HttpResponse<String> other =
                    send(server, "Once-1", BODY.replace("hello", "bye")).join();
            assertThat(other.statusCode()).isEqualTo(409);
            assertThat(json(other).get("code").stringValue()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
            assertThat(send(server, "", BODY).join().statusCode()).isEqualTo(400);
            server.client().awaitEnd(JSON.readTree(told).get("request_id").stringValue());
            assertThat(send(server, "Once-1", SAME_BODY).join().body()).isEqualTo(told);
            assertThat(server.client()
                            .get("/v1/management/runs")
                            .json()
                            .get("runs")
                            .size())
                    .isEqualTo(1);
        }
    }

    @Test
    void an_engine_that_is_missing_refuses_the_job_and_one_that_is_signed_out_warns() throws Exception {
        TestSkill.install(home);
        // Nothing of the machine this test runs on may count.
        Map<String, String> bare = Map.of("PATH", "/usr/bin:/bin", "OPENAI_API_KEY", "");
        try (RunningServer server = RunningServer.start(home, bare)) {
            ApiClient api = server.client();
            ApiClient.Answer refused = api.post("/v1/jobs", TestSkill.job());
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.json().get("code").stringValue()).isEqualTo("ENGINE_NOT_INSTALLED");
            assertThat(refused.json().get("detail").stringValue())
                    .contains("./scripts/agent_manager.sh --upgrade-engine codex");

            ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
            JsonNode accepted = api.post("/v1/jobs", TestSkill.job("fail no")).json();
            assertThat(accepted.get("warnings").toString()).isEqualTo("[\"ENGINE_NOT_SIGNED_IN\"]");
            String request = accepted.get("request_id").stringValue();
            assertThat(api.awaitEnd(request).get("warnings").toString()).isEqualTo("[\"ENGINE_NOT_SIGNED_IN\"]");
            assertThat(api.get("/ui/runs/" + request).body()).contains("The CLI of this engine is not signed in");
            assertThat(server.log()).contains("ENGINE_NOT_SIGNED_IN");
        }
    }

    private CompletableFuture<HttpResponse<String>> send(RunningServer server, String key, String body) {
        return http.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v1/jobs"))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }
}
