package skillrunner.mcp.bridge;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.client.Call;
import skillrunner.client.Credentials;
import skillrunner.client.Download;
import skillrunner.client.SkillRunnerClient;

/** The address of a server to which messages go, by the client library. Safe for concurrent use. */
final class ServerDoor {
    static final int OK = 200;
    static final int ACCEPTED = 202;
    static final int NOT_FOUND = 404;
    static final int BUSY = 503;

    private static final String ADDRESS = "/mcp";
    private static final Duration CONNECTING = Duration.ofSeconds(10);

    /** Servers give a sign of life far more often. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** Who leaves does not wait. */
    private static final Duration LEAVING = Duration.ofSeconds(3);

    private static final int LONGEST_REASON = 500;

    private final SkillRunnerClient client;
    private final SkillRunnerClient inPassing;
    private final Messages messages;
    private volatile boolean reached;

    ServerDoor(URI server, Optional<Credentials> credentials, Messages messages) {
        this.client = client(server, credentials, SILENCE);
        this.inPassing = client(server, credentials, LEAVING);
        this.messages = Objects.requireNonNull(messages);
    }

    private static SkillRunnerClient client(URI server, Optional<Credentials> credentials, Duration timeout) {
        return SkillRunnerClient.of(server)
                .credentials(credentials.orElse(null))
                .connectTimeout(CONNECTING)
                .timeout(timeout)
                .build();
    }

    /**
     * Where a bridge stands with its server.
     *
     * @param id the session
     * @param version of the protocol
     */
    record Session(String id, String version) {}

    /** Whether there ever was an answer. */
    boolean wasReached() {
        return reached;
    }

    Download post(Map<String, ? extends @Nullable Object> message, @Nullable Session session)
            throws IOException, InterruptedException {
        return knock(
                client,
                call("POST", session)
                        .header("Accept", "application/json, text/event-stream")
                        .json(message));
    }

    Download listen(Session session, Optional<String> behind) throws IOException, InterruptedException {
        return knock(
                client,
                call("GET", session)
                        .header("Accept", "text/event-stream")
                        .header("Last-Event-ID", behind.orElse(null)));
    }

    void leave(Session session) throws IOException, InterruptedException {
        knock(inPassing, call("DELETE", session)).close();
    }

    private Download knock(SkillRunnerClient by, Call call) throws IOException, InterruptedException {
        Download answer = by.open(call);
        reached = true;
        return answer;
    }

    private static Call call(String method, @Nullable Session session) {
        Call call = Call.of(method, ADDRESS);
        return session == null
                ? call
                : call.header("Mcp-Session-Id", session.id()).header("MCP-Protocol-Version", session.version());
    }

    static boolean isStream(Download answer) {
        return answer.header("content-type").orElse("").startsWith("text/event-stream");
    }

    static String text(Download answer) throws IOException {
        return new String(answer.body().readNBytes(LineReader.LONGEST), StandardCharsets.UTF_8);
    }

    /** Says why there is no answer. */
    String unreachable(IOException e) {
        if (e instanceof ConnectException) {
            return "No server answers at " + client.server()
                    + ". Start one with skill-runner serve, or name another one with --server";
        }
        return "The server at " + client.server() + " can't be reached: "
                + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }

    /** Says what the server said instead of an answer. */
    String refusal(int status, String body) {
        Optional<Map<String, @Nullable Object>> problem = messages.read(body);
        Object reason = problem.map(it -> it.get("detail")).orElse(null);
        if (reason == null && problem.isPresent() && problem.get().get("error") instanceof Map<?, ?> error) {
            reason = error.get("message");
        }
        String words = reason == null ? "" : ": " + reason;
        return "The server at " + client.server() + " answers " + status
                + words.substring(0, Math.min(words.length(), LONGEST_REASON));
    }
}
