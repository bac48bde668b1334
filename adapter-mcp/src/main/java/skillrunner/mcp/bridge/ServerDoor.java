package skillrunner.mcp.bridge;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests to the address of a server. Safe for concurrent use. */
final class ServerDoor {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
    private final URI address;
    private final Optional<String> authorization;

    ServerDoor(URI server, Optional<String> authorization) {
        String base = server.toString();
        this.address = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/mcp");
        this.authorization = authorization;
    }

    URI address() {
        return address;
    }

    /**
     * Where a bridge stands with its server.
     *
     * @param id the session
     * @param version of the protocol
     */
    record Session(String id, String version) {}

    HttpResponse<InputStream> post(String message, @Nullable Session session) throws IOException, InterruptedException {
        return send(request(session)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(message)));
    }

    HttpResponse<InputStream> listen(Session session, Optional<String> behind)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                request(session).header("Accept", "text/event-stream").GET();
        behind.ifPresent(id -> request.header("Last-Event-ID", id));
        return send(request);
    }

    void leave(Session session) throws IOException, InterruptedException {
        send(request(session).DELETE().timeout(CONNECT)).body().close();
    }

    private HttpRequest.Builder request(@Nullable Session session) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        authorization.ifPresent(value -> request.header("Authorization", value));
        if (session != null) {
            request.header("Mcp-Session-Id", session.id()).header("MCP-Protocol-Version", session.version());
        }
        return request;
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }
}
