package skillrunner.acceptance.agents;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that says what it likes. */
final class RawMcp {
    static final JsonMapper JSON = JsonMapper.builder().build();

    /** One for all: each has threads of its own. */
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI address;
    private final Map<String, String> headers = new LinkedHashMap<>();

    RawMcp(int port) {
        this.address = URI.create("http://127.0.0.1:" + port + "/mcp");
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json, text/event-stream");
    }

    RawMcp with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** Greets. @return the status */
    int greet() throws IOException, InterruptedException {
        HttpResponse<InputStream> response = post(message(
                0,
                "initialize",
                Map.of(
                        "protocolVersion",
                        "2025-06-18",
                        "capabilities",
                        Map.of(),
                        "clientInfo",
                        Map.of("name", "raw", "version", "1"))));
        text(response);
        response.headers().firstValue("Mcp-Session-Id").ifPresent(id -> headers.put("Mcp-Session-Id", id));
        return response.statusCode();
    }

    HttpResponse<InputStream> post(Map<String, ?> message) throws IOException, InterruptedException {
        return post(JSON.writeValueAsString(message));
    }

    HttpResponse<InputStream> post(String body) throws IOException, InterruptedException {
        return HTTP.send(
                request().POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    HttpResponse<InputStream> get() throws IOException, InterruptedException {
        return HTTP.send(request().GET().build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    /** Calls a tool and reads its answer to the end, however it comes. */
    JsonNode call(String tool, Map<String, ?> arguments) throws IOException, InterruptedException {
        return answer(post(message(1, "tools/call", Map.of("name", tool, "arguments", arguments))));
    }

    static JsonNode answer(HttpResponse<InputStream> response) throws IOException {
        String text = text(response);
        if (text.startsWith("{")) {
            return JSON.readTree(text);
        }
        JsonNode last = JSON.nullNode();
        for (String line : text.split("\n")) {
            if (line.startsWith("data: ")) {
                last = JSON.readTree(line.substring("data: ".length()));
            }
        }
        return last;
    }

    static String text(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static Map<String, Object> message(int id, String method, Map<String, ?> params) {
        return Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", params);
    }

    private HttpRequest.Builder request() {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        headers.forEach(request::header);
        return request;
    }
}
