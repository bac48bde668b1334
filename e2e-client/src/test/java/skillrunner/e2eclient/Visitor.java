package skillrunner.e2eclient;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import skillrunner.client.Credentials;
import skillrunner.e2eclient.backend.BackendLimits;

/** An example client of a scripted server, and somebody who visits it. */
final class Visitor implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-30T10:00:00.123456Z");

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final BackendLimits IMPATIENT = new BackendLimits(SOON, SOON, SOON, SOON, 64 * 1024);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExampleClient client;
    private final String base;

    private Visitor(ExampleClient client) {
        this.client = client;
        this.base = "http://127.0.0.1:" + client.port();
    }

    /** Visits a client whose server is bounded as usual. */
    static Visitor of(URI backend, Path recordings) throws IOException {
        return of(backend, recordings, BackendLimits.DEFAULT);
    }

    /** Visits a client that is soon tired of its server. */
    static Visitor impatient(URI backend, Path recordings) throws IOException {
        return of(backend, recordings, IMPATIENT);
    }

    private static Visitor of(URI backend, Path recordings, BackendLimits limits) throws IOException {
        return new Visitor(ExampleClient.start(
                new ExampleClientSettings(
                        "127.0.0.1",
                        0,
                        Set.of("client.example"),
                        backend,
                        Optional.of(new Credentials("visitor", "secret")),
                        recordings,
                        1 << 20,
                        limits),
                Clock.fixed(NOW, ZoneOffset.UTC)));
    }

    int port() {
        return client.port();
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET().build());
    }

    HttpResponse<String> head(String path) {
        return send(request(path)
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build());
    }

    HttpResponse<String> post(String path, String type, String body) {
        return send(request(path)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** Sends a form: what is typed by name, and files as {@code name/file name} to content. */
    HttpResponse<String> submit(String path, Map<String, String> typed, Map<String, String> files) {
        StringBuilder body = new StringBuilder();
        typed.forEach((name, value) -> body.append("--b\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
        files.forEach((name, value) -> {
            String[] parts = name.split("/", 2);
            body.append("--b\r\nContent-Disposition: form-data; name=\"")
                    .append(parts[0])
                    .append("\"; filename=\"")
                    .append(parts[1])
                    .append("\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                    .append(value)
                    .append("\r\n");
        });
        return post(
                path,
                "multipart/form-data; boundary=b",
                body.append("--b--\r\n").toString());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Accept-Language", "en");
    }

    HttpResponse<String> send(HttpRequest request) {
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                .join();
    }

    @Override
    public void close() {
        client.close();
    }
}
