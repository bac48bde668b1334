package skillrunner.acceptance;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;

import static org.assertj.core.api.Assertions.assertThat;

/** A server with a small heap, and many clients that ask for the largest there is at the same time. */
class LargeAnswersIT {
    private static final int CLIENTS = 64;
    private static final int ANSWER_BYTES = 16 * 1024 * 1024;
    private static final int LOG_BYTES = 12 * 1024 * 1024;

    @TempDir
    private Path home;

    @Test
    void sixty_four_clients_at_once_get_the_largest_answers_and_send_the_largest_bodies() throws Exception {
        TestSkill.install(home);
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        try (RunningServer server = RunningServer.start(home, Map.of("JAVA_TOOL_OPTIONS", "-Xmx256m"))) {
            ApiClient api = server.client();
            String request = api.create(TestSkill.job("answer {\"status\": \"fine\"}"));
            String run = api.awaitEnd(request).get("run_id").stringValue();
            plant(home.resolve("data/runs").resolve(run));

            URI jobs = URI.create("http://127.0.0.1:" + server.port() + "/v1/jobs");
            HttpRequest result = HttpRequest.newBuilder(URI.create(jobs + "/" + request + "/result"))
                    .build();
            HttpRequest logs = HttpRequest.newBuilder(URI.create(jobs + "/" + request + "/logs"))
                    .build();
            HttpRequest create = HttpRequest.newBuilder(jobs)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"skill_id\":\"none\",\"input\":[{}" + ",{}".repeat(340_000) + "]}"))
                    .build();

            HttpRequest createText = HttpRequest.newBuilder(jobs)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"skill_id\":\"none\",\"input\":["
                            + "{\"line\": \"some text, as long as a line of text is\"},".repeat(19_000) + "{}]}"))
                    .build();

            assertThat(lengths(result)).hasSize(CLIENTS).allMatch(length -> length > ANSWER_BYTES);
            assertThat(lengths(logs)).hasSize(CLIENTS).allMatch(length -> length > 8 * 1024 * 1024);
            assertThat(statuses(CLIENTS, createText)).containsOnly(404);
            // Each of them is a third of a million objects, so not all find room in time.
            assertThat(statuses(CLIENTS / 2, create)).isSubsetOf(404, 503).contains(404);
            assertThat(api.get("/healthz").status()).isEqualTo(200);
            assertThat(api.get("/ui/runs/" + request).body()).contains("too long for this page");
            assertThat(server.log()).doesNotContain("OutOfMemory");
        }
    }

    private static List<Integer> statuses(int clients, HttpRequest request) {
        return all(clients, request, HttpResponse.BodyHandlers.ofString()).stream()
                .map(HttpResponse::statusCode)
                .toList();
    }

    private static List<Long> lengths(HttpRequest request) {
        List<HttpResponse<Long>> answers = all(
                CLIENTS,
                request,
                info -> HttpResponse.BodySubscribers.mapping(HttpResponse.BodySubscribers.ofInputStream(), in -> {
                    try (in) {
                        return in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        return -1L;
                    }
                }));
        assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
        return answers.stream().map(HttpResponse::body).toList();
    }

    private static <T> List<HttpResponse<T>> all(
            int clients, HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return IntStream.range(0, clients).mapToObj(i -> client.sendAsync(request, handler)).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }

    /** What a very talkative engine would have left. */
    private static void plant(Path run) throws IOException {
        List<Path> streams = new ArrayList<>();
        try (Stream<Path> files = Files.walk(run)) {
            files.filter(file -> file.getFileName().toString().matches("std(out|err)\\.1\\.log"))
                    .forEach(streams::add);
        }
        assertThat(streams).hasSize(2);
        for (Path stream : streams) {
            Files.writeString(stream, "a line as engines write it, \u0001é\n".repeat(LOG_BYTES / 32));
        }
        byte[] answer = ("{\"status\":\"success\",\"data\":{\"status\":\"" + "x".repeat(ANSWER_BYTES) + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
        Files.write(run.resolve("result/result.json"), answer);
    }
}
