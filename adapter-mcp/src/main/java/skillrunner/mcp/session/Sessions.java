package skillrunner.mcp.session;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Who is connected. There are never more than so many, and who is silent for long is forgotten; whoever is forgotten is told so and greets
 * again, and loses no run by it. Safe for concurrent use.
 */
final class Sessions {
    private final McpStreamableServerSession.Factory factory;
    private final McpJsonMapper json;
    private final MessageBudget budget;
    private final int most;
    private final Duration patience;
    private final LongSupplier nanos;
    private final Map<String, Session> open = new LinkedHashMap<>();
    private boolean closed;

    Sessions(
            McpStreamableServerSession.Factory factory,
            McpJsonMapper json,
            MessageBudget budget,
            int most,
            Duration patience,
            LongSupplier nanos) {
        this.factory = factory;
        this.json = json;
        this.budget = budget;
        this.most = most;
        this.patience = patience;
        this.nanos = nanos;
    }

    /** A client that has just greeted. */
    record Greeted(Session session, McpSchema.InitializeResult result) {}

    /** Greets. @return empty if there are too many, all of them busy */
    Optional<Greeted> open(McpSchema.InitializeRequest greeting) {
        McpStreamableServerSession.McpStreamableServerSessionInit init = factory.startSession(greeting);
        McpSchema.InitializeResult result = init.initResult().block();
        if (result == null) {
            throw new IllegalStateException("a greeting without an answer");
        }
        Session session = new Session(init.session(), json, budget, nanos);
        List<Session> gone = new ArrayList<>();
        boolean taken;
        synchronized (this) {
            gone.addAll(expired());
            if (open.size() >= most) {
                longestIdle().ifPresent(idle -> {
                    open.remove(idle.id());
                    gone.add(idle);
                });
            }
            taken = !closed && open.size() < most;
            if (taken) {
                open.put(session.id(), session);
            }
        }
        gone.forEach(Session::close);
        if (!taken) {
            session.close();
            return Optional.empty();
        }
        return Optional.of(new Greeted(session, result));
    }

    Optional<Session> find(String id) {
        Session found;
        synchronized (this) {
            found = open.get(id);
        }
        if (found != null) {
            found.use();
        }
        return Optional.ofNullable(found);
    }

    void close(Session session) {
        synchronized (this) {
            open.remove(session.id());
        }
        session.close();
    }

    /** Forgets who was silent for too long. */
    void sweep() {
        List<Session> gone;
        synchronized (this) {
            gone = expired();
        }
        gone.forEach(Session::close);
    }

    synchronized int count() {
        return open.size();
    }

    /** Those to whom something can be said unasked. */
    synchronized List<Session> listening() {
        return open.values().stream().filter(Session::isListening).toList();
    }

    /** Closes all, and takes no more. */
    void close() {
        List<Session> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(open.values());
            open.clear();
        }
        all.forEach(Session::close);
    }

    private List<Session> expired() {
        List<Session> gone = open.values().stream()
                .filter(session -> session.idleNanos() >= patience.toNanos())
                .toList();
        gone.forEach(session -> open.remove(session.id()));
        return gone;
    }

    private Optional<Session> longestIdle() {
        return open.values().stream()
                .filter(session -> session.idleNanos() > 0)
                .max(Comparator.comparingLong(Session::idleNanos));
    }
}
