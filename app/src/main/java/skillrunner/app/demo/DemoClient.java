package skillrunner.app.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the public API, as anybody could write one. */
final class DemoClient {
    static final String SKILL = "demo-prime-number";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String BOUNDARY = "skill-runner-demo";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI server;
    private final Optional<String> authorization;

    DemoClient(URI server) {
        this(server, Optional.empty());
    }

    /** A client that says who it is; only for a server that is known to be ours. */
    DemoClient(URI server, Optional<String> authorization) {
        this.server = server;
        this.authorization = authorization;
    }

    /** Tells whether a Skill Runner answers there, and not something else. */
    boolean isSkillRunner() {
        try {
            HttpResponse<String> answer = send(get("/v1/skills/" + SKILL).timeout(PATIENCE));
            return answer.statusCode() == 200
                    && SKILL.equals(JSON.readTree(answer.body()).path("id").asString(""));
        } catch (IOException | DemoFailedException | JacksonException e) {
            return false;
        }
    }

    /** Creates the job and hands in its file. @return the request id */
    String start(int limit, String numbers) throws IOException, DemoFailedException {
        Map<String, Object> job = Map.of(
                "skill_id", SKILL,
                "parameter", Map.of("limit", limit),
                // Each demo shows a run, not the memory of one.
                "runtime_options", Map.of("no_cache", true));
        String request = ok(send(request("/v1/jobs")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(job)))))
                .path("request_id")
                .asString("");
        ok(send(request("/v1/jobs/" + request + "/upload")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(multipart(numbers)))));
        return request;
    }

    /** Follows the run to its end. */
    void follow(String request, DemoProgress progress) throws IOException, DemoFailedException {
        HttpResponse<Stream<String>> answer;
        try {
            answer = http.send(get("/v1/jobs/" + request + "/events").build(), HttpResponse.BodyHandlers.ofLines());
        } catch (InterruptedException e) {
            throw interrupted();
        }
        String name = "";
        try (Stream<String> lines = answer.body()) {
            for (String line : (Iterable<String>) lines::iterator) {
                if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    progress.event(name, JSON.readTree(line.substring(6)));
                }
            }
        } catch (java.io.UncheckedIOException e) {
            throw new DemoFailedException("the server went away while the run was working");
        }
    }

    JsonNode status(String request) throws IOException, DemoFailedException {
        return ok(send(get("/v1/jobs/" + request)));
    }

    JsonNode result(String request) throws IOException, DemoFailedException {
        return ok(send(get("/v1/jobs/" + request + "/result"))).path("result");
    }

    List<String> artifacts(String request) throws IOException, DemoFailedException {
        return ok(send(get("/v1/jobs/" + request + "/artifacts")))
                .path("artifacts")
                .valueStream()
                .map(path -> path.asString(""))
                .toList();
    }

    void cancel(String request) throws IOException, DemoFailedException {
        ok(send(request("/v1/jobs/" + request + "/cancel").POST(HttpRequest.BodyPublishers.noBody())));
    }

    URI page(String request) {
        return server.resolve("/ui/runs/" + request);
    }

    URI artifact(String request, String path) {
        return server.resolve("/v1/jobs/" + request + "/artifacts/" + path);
    }

    private static byte[] multipart(String numbers) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(
                ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"input.zip\"\r\n"
                                + "Content-Type: application/zip\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            zip.putNextEntry(new ZipEntry("numbers"));
            zip.write(numbers.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        body.writeBytes(archive.toByteArray());
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private HttpRequest.Builder get(String path) {
        return request(path).GET();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, DemoFailedException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static DemoFailedException interrupted() {
        Thread.currentThread().interrupt();
        return new DemoFailedException("the demo was interrupted");
    }

    private static JsonNode ok(HttpResponse<String> answer) throws DemoFailedException {
        JsonNode body = JSON.readTree(answer.body());
        if (answer.statusCode() != 200) {
            throw new DemoFailedException(
                    "the server refused: " + body.path("detail").asString(answer.body()));
        }
        return body;
    }
}
