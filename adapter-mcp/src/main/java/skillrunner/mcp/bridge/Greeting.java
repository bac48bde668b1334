package skillrunner.mcp.bridge;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skillrunner.client.Download;

/**
 * The session with the server: opened by the agent's greeting, and by the same greeting again when the server has forgotten it. Safe for
 * concurrent use.
 */
final class Greeting {
    private static final String VERSION_BEFORE_THEY_WERE_NAMED = "2025-03-26";

    private final ServerDoor door;
    private final Messages messages;
    private final Consumer<String> notes;
    private final ReentrantLock again = new ReentrantLock();
    private volatile CompletableFuture<Void> settled = CompletableFuture.completedFuture(null);
    private volatile @Nullable Map<String, @Nullable Object> first;
    private volatile ServerDoor.@Nullable Session session;
    private long times;

    Greeting(ServerDoor door, Messages messages, Consumer<String> notes) {
        this.door = Objects.requireNonNull(door);
        this.messages = Objects.requireNonNull(messages);
        this.notes = Objects.requireNonNull(notes);
    }

    /** The agent greets: whatever it says next waits until that has come to something. Called by the thread that reads it. */
    void begin(Map<String, @Nullable Object> message) {
        first = message;
        session = null;
        if (settled.isDone()) {
            settled = new CompletableFuture<>();
        }
    }

    /** The agent's greeting came to something. */
    void end() {
        settled.complete(null);
    }

    /** Opens a session. @return the server's answer */
    Map<String, @Nullable Object> open(Map<String, @Nullable Object> message)
            throws IOException, InterruptedException, RefusedByServerException {
        try (Download response = door.post(message, null)) {
            String body = ServerDoor.text(response);
            Optional<Map<String, @Nullable Object>> answer = messages.read(body);
            if (response.status() == ServerDoor.BUSY) {
                throw new IOException(door.refusal(response.status(), body));
            }
            if (response.status() != ServerDoor.OK || answer.isEmpty()) {
                throw new RefusedByServerException(door.refusal(response.status(), body));
            }
            String version = answer.get().get("result") instanceof Map<?, ?> result
                            && result.get("protocolVersion") instanceof String text
                    ? text
                    : VERSION_BEFORE_THEY_WERE_NAMED;
            session = response.header("mcp-session-id")
                    .map(id -> new ServerDoor.Session(id, version))
                    .orElse(null);
            return answer.get();
        }
    }

    /** Opens another session in the place of one that the server does not know any more; of several at once, one does. */
    void again(ServerDoor.@Nullable Session gone) throws IOException, InterruptedException, RefusedByServerException {
        again.lockInterruptibly();
        try {
            if (!Objects.equals(session, gone)) {
                return;
            }
            Map<String, @Nullable Object> greeting = first;
            if (greeting == null) {
                throw new RefusedByServerException("The first message must be initialize");
            }
            open(Messages.named(greeting, "again-" + ++times));
            Map<String, @Nullable Object> done = new LinkedHashMap<>();
            done.put("jsonrpc", "2.0");
            done.put("method", "notifications/initialized");
            door.post(done, session).close();
            notes.accept("the server was found again");
        } finally {
            again.unlock();
        }
    }

    /** The session, as soon as the agent's greeting has come to something; null if there is none. */
    ServerDoor.@Nullable Session session() {
        settled.join();
        return session;
    }

    /** The session as it is now. */
    ServerDoor.@Nullable Session present() {
        return session;
    }
}
