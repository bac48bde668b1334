package skillrunner.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.awaitility.Awaitility.await;

/** A client that knows the wire only. Whatever it is answered is held to the contract. */
public final class ApiClient {
    public static final Set<String> ENDED = Set.of("succeeded", "failed", "canceled");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final Optional<String> authorization;
    private final String runs;

    public ApiClient(int port) {
        this("http://127.0.0.1:" + port, Optional.empty(), "/v1/jobs");
    }

    private ApiClient(String base, Optional<String> authorization, String runs) {
        this.base = base;
        this.authorization = authorization;
        this.runs = runs;
    }

    /** The same client, but its runs are those of temporary skills. */
    public ApiClient ofTemporarySkills() {
        return new ApiClient(base, authorization, "/v1/temp-skill-runs");
    }

    /** The same client, but it says who it is. */
    public ApiClient withPassword(String username, String password) {
        byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new ApiClient(base, Optional.of("Basic " + Base64.getEncoder().encodeToString(pair)), runs);
    }

    public record Answer(int status, String body, HttpResponse<String> raw) {
        public JsonNode json() {
            return JSON.readTree(body);
        }
    }

    public Answer get(String path) {
        return send(request(path).GET().build());
    }

    /**
     * Opens something whose bytes arrive one after another.
     *
     * @throws IOException if there is no server, or it ends before it has answered
     */
    public HttpResponse<InputStream> open(String path, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder get = request(path).GET();
        headers.forEach(get::header);
        return Contract.hold(http.send(get.build(), HttpResponse.BodyHandlers.ofInputStream()));
    }

    /** Downloads something that is no text. */
    public HttpResponse<byte[]> download(String path) {
        return Contract.hold(http.sendAsync(request(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray())
                .join());
    }

    public Answer post(String path, Object body) {
        return post(path, JSON.writeValueAsString(body));
    }

    public Answer post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    public Answer post(String path) {
        return send(request(path).POST(HttpRequest.BodyPublishers.noBody()).build());
    }

    /** Posts the fields of a form, as they are written in one. */
    public Answer form(String path, String fields) {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(fields))
                .build());
    }

    /** Creates a request. @return its id */
    public String create(Map<String, Object> job) {
        Answer answer = post(runs, job);
        if (answer.status() != 200) {
            throw new AssertionError(answer.status() + " " + answer.body());
        }
        return answer.json().get("request_id").stringValue();
    }

    public Answer upload(String request, Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return upload(request, bytes.toByteArray());
    }

    public Answer upload(String request, byte[] archive) throws IOException {
        return send(path(request, "/upload"), "file", archive);
    }

    /** Uploads a skill package. @return the answer as it came */
    public Answer install(byte[] archive) throws IOException {
        return send("/v1/skill-packages/install", "file", archive);
    }

    /** Uploads a skill package and waits for the end of its installation. @return the status document */
    public JsonNode installed(byte[] archive) throws IOException {
        Answer answer = install(archive);
        if (answer.status() != 200) {
            throw new AssertionError(answer.status() + " " + answer.body());
        }
        return awaitInstall(answer.json().get("request_id").stringValue());
    }

    /** Waits for the end of an installation. @return the status document */
    public JsonNode awaitInstall(String request) {
        return await("installation " + request)
                .atMost(PATIENCE)
                .pollInterval(LOOK_EVERY)
                .until(
                        () -> get("/v1/skill-packages/" + request).json(),
                        status -> ENDED.contains(status.get("status").stringValue()));
    }

    /** Sends a temporary skill. @return the answer as it came */
    public Answer uploadSkill(String request, byte[] archive) throws IOException {
        return send(path(request, "/upload"), "skill_package", archive);
    }

    /** Sends one file as a part of a form. */
    public Answer send(String path, String part, byte[] content) throws IOException {
        return send(path, Map.of(part, content));
    }

    /** Sends files as parts of a form. */
    public Answer send(String path, Map<String, byte[]> parts) throws IOException {
        String boundary = "boundary-of-the-test";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Map.Entry<String, byte[]> part : parts.entrySet()) {
            body.write(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + part.getKey()
                            + "\"; filename=\"input.zip\"\r\nContent-Type: application/zip\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            body.write(part.getValue());
            body.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        body.write(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return send(request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build());
    }

    public JsonNode status(String request) {
        return get(path(request, "")).json();
    }

    /** What the newest attempt has reported so far; empty before it starts. */
    public String stdout(String request) {
        return get(path(request, "/logs")).json().path("stdout").asString("");
    }

    public JsonNode result(String request) {
        return get(path(request, "/result")).json().get("result");
    }

    /** Waits for one of some statuses. @return the status document */
    public JsonNode awaitStatus(String request, Set<String> wanted) {
        return await("status of " + request)
                .atMost(PATIENCE)
                .pollInterval(LOOK_EVERY)
                .until(
                        () -> status(request),
                        status -> wanted.contains(status.get("status").stringValue()));
    }

    public JsonNode awaitEnd(String request) {
        return awaitStatus(request, ENDED);
    }

    public record Event(String name, JsonNode data, String id) {}

    /** Reads a stream of events to its end. */
    public List<Event> events(String request, long stdoutFrom, long stderrFrom) {
        return events(request, "stdout_from=" + stdoutFrom + "&stderr_from=" + stderrFrom);
    }

    /** Reads what a front end shows, as a stream to its end. */
    public List<Event> chat(String request) {
        return events(request, "streams=chat");
    }

    private List<Event> events(String request, String query) {
        HttpRequest get = request(path(request, "/events") + "?" + query).GET().build();
        List<Event> events = new ArrayList<>();
        EventLines frames =
                new EventLines(frame -> events.add(new Event(frame.name(), JSON.readTree(frame.data()), frame.id())));
        StringBuilder read = new StringBuilder();
        HttpResponse<Stream<String>> response =
                http.sendAsync(get, HttpResponse.BodyHandlers.ofLines()).join();
        try (Stream<String> lines = response.body()) {
            lines.forEach(line -> {
                read.append(line).append('\n');
                frames.take(line);
            });
            Contract.hold(response, read.toString());
        } catch (CompletionException | java.io.UncheckedIOException e) {
            // A server that was killed cuts its streams off; what arrived until then counts.
            return events;
        }
        return events;
    }

    /** The text of one stream out of its events. */
    public static String text(List<Event> events, String stream) {
        StringBuilder text = new StringBuilder();
        events.stream()
                .filter(event -> event.name().equals(stream))
                .forEach(event -> text.append(event.data().get("chunk").stringValue()));
        return text.toString();
    }

    /** The address of a request, or of something of it. */
    public String path(String request, String of) {
        return runs + "/" + request + of;
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
        authorization.ifPresent(value -> builder.header("Authorization", value));
        return builder;
    }

    private Answer send(HttpRequest request) {
        HttpResponse<String> response = Contract.hold(
                http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join());
        return new Answer(response.statusCode(), response.body(), response);
    }
}
