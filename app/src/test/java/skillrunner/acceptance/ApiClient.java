package skillrunner.acceptance;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import skillrunner.client.Credentials;
import skillrunner.client.Download;
import skillrunner.client.SkillRunnerClient;
import skillrunner.client.Upload;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.awaitility.Awaitility.await;

/** The client for Java as tests need it: nothing is retried, no status throws, and whatever it is answered is held to the contract. */
public final class ApiClient {
    public static final Set<String> ENDED = Set.of("succeeded", "failed", "canceled");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final SkillRunnerClient client;
    private final String runs;

    public ApiClient(int port) {
        this(connect(URI.create("http://127.0.0.1:" + port), null), "/v1/jobs");
    }

    private ApiClient(SkillRunnerClient client, String runs) {
        this.client = client;
        this.runs = runs;
    }

    private static SkillRunnerClient connect(URI server, @Nullable Credentials credentials) {
        return SkillRunnerClient.of(server)
                .credentials(credentials)
                .timeout(PATIENCE)
                .retryFor(Duration.ZERO)
                .build();
    }

    /** The same client, but its runs are those of temporary skills. */
    public ApiClient ofTemporarySkills() {
        return new ApiClient(client, "/v1/temp-skill-runs");
    }

    /** The same client, but it says who it is. */
    public ApiClient withPassword(String username, String password) {
        return new ApiClient(connect(client.server(), new Credentials(username, password)), runs);
    }

    /** What is not called over and over, such as following a run; its answers are held to nothing. */
    public SkillRunnerClient client() {
        return client;
    }

    public record Answer(int status, String body, Map<String, List<String>> headers) {
        public JsonNode json() {
            return JSON.readTree(body);
        }

        /** The first value of a header, whose name is in lower case. */
        public Optional<String> header(String name) {
            return headers.getOrDefault(name, List.of()).stream().findFirst();
        }
    }

    public Answer get(String path) {
        return call("GET", path, null);
    }

    /**
     * Opens something whose bytes arrive one after another.
     *
     * @throws IOException if there is no server, or it ends before it has answered
     */
    public Download open(String path, Map<String, String> headers) throws IOException, InterruptedException {
        Download download = client.open(path, headers);
        Contract.hold("GET", path, download.status(), download.headers(), Optional.empty());
        return download;
    }

    /** Something that is no text. */
    public static final class Bytes {
        private final int status;
        private final Map<String, List<String>> headers;
        private final byte[] body;

        private Bytes(int status, Map<String, List<String>> headers, byte[] body) {
            this.status = status;
            this.headers = headers;
            this.body = body;
        }

        public int status() {
            return status;
        }

        public Map<String, List<String>> headers() {
            return headers;
        }

        public byte[] body() {
            return body.clone();
        }
    }

    /** Downloads something that is no text. */
    public Bytes download(String path) {
        return made(() -> {
            try (Download download = open(path, Map.of())) {
                return new Bytes(
                        download.status(), download.headers(), download.body().readAllBytes());
            }
        });
    }

    public Answer post(String path, Object body) {
        return post(path, JSON.writeValueAsString(body));
    }

    public Answer post(String path, String json) {
        return call("POST", path, json);
    }

    public Answer post(String path) {
        return call("POST", path, null);
    }

    /** Posts the fields of a form, as they are written in one. */
    public Answer form(String path, String fields) {
        return made(() -> held("POST", path, client.call("POST", path, "application/x-www-form-urlencoded", fields)));
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
    public Answer send(String path, Map<String, byte[]> parts) {
        Map<String, Upload> uploads = new LinkedHashMap<>();
        parts.forEach((name, content) -> uploads.put(name, Upload.of(content)));
        return made(() -> held("POST", path, client.upload(path, uploads)));
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
        String path = path(request, "/events") + "?" + query;
        List<Event> events = new ArrayList<>();
        EventLines frames =
                new EventLines(frame -> events.add(new Event(frame.name(), JSON.readTree(frame.data()), frame.id())));
        return made(() -> {
            StringBuilder read = new StringBuilder();
            try (Download stream = client.open(path, Map.of());
                    BufferedReader lines =
                            new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    read.append(line).append('\n');
                    frames.take(line);
                }
                Contract.hold("GET", path, stream.status(), stream.headers(), Optional.of(read.toString()));
            } catch (IOException e) {
                // A server that was killed cuts its streams off; what arrived until then counts.
                return events;
            }
            return events;
        });
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

    private interface Attempt<T> {
        T make() throws IOException, InterruptedException;
    }

    private Answer call(String method, String path, @Nullable String json) {
        return made(() -> held(method, path, client.call(method, path, json)));
    }

    private static Answer held(String method, String path, skillrunner.client.Answer answer) {
        Contract.hold(method, path, answer.status(), answer.headers(), Optional.of(answer.body()));
        return new Answer(answer.status(), answer.body(), answer.headers());
    }

    private static <T> T made(Attempt<T> attempt) {
        try {
            return attempt.make();
        } catch (IOException e) {
            throw new CompletionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }
}
