package skillrunner.standin;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks to a server as a CLI does, one method per wire format. */
final class TestClient {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final StandInModelServer server;

    TestClient(StandInModelServer server) {
        this.server = server;
    }

    HttpResponse<String> codex(String scenario, String body) throws IOException, InterruptedException {
        return post(scenario, "/v1/responses", body);
    }

    HttpResponse<String> chat(String scenario, String body) throws IOException, InterruptedException {
        return post(scenario, "/v1/chat/completions", body);
    }

    HttpResponse<String> gemini(String scenario, String body) throws IOException, InterruptedException {
        return post(scenario, "/v1beta/models/gemini-flash:streamGenerateContent?alt=sse", body);
    }

    HttpResponse<String> post(String scenario, String path, String body) throws IOException, InterruptedException {
        return send(request(scenario, path, body).build());
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> postLater(String scenario, String path, String body) {
        return http.sendAsync(request(scenario, path, body).build(), BodyHandlers.ofString());
    }

    InputStream stream(String scenario, String path, String body) throws IOException, InterruptedException {
        return http.send(request(scenario, path, body).build(), BodyHandlers.ofInputStream())
                .body();
    }

    HttpRequest.Builder request(String scenario, String path, String body) {
        return HttpRequest.newBuilder(URI.create(server.baseUrl(scenario) + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** Parses the JSON of every data line; the closing mark of chat completions is no JSON and left out. */
    static List<JsonNode> data(HttpResponse<String> response) {
        return response.body()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> json(line.substring("data: ".length())))
                .toList();
    }

    static JsonNode json(String text) {
        return JSON.readTree(text);
    }
}
