package skillrunner.mcp.session;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import skillrunner.application.background.BackgroundTasks;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The transport Streamable HTTP: one address to which messages are posted, and from which they are read. The library has one of its own, which
 * keeps every session for ever and waits for slow clients (ADR 82). Safe for concurrent use.
 */
public final class StreamableHttp implements AutoCloseable {
    private static final String SESSION = "Mcp-Session-Id";
    private static final String VERSION = "MCP-Protocol-Version";
    static final String CANCELED = "notifications/cancelled";
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private final JsonMapper json;
    private final RpcMessages messages;
    private final Sessions sessions;
    private final List<String> versions;
    private final BackgroundTasks background;
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private volatile boolean closed;

    /**
     * Takes its collaborators.
     *
     * @param factory opens the library's sessions, which know what is asked for
     * @param json reads messages
     * @param sdkJson the same for the library
     * @param versions of the protocol
     * @param settings limits
     * @param background sweeps
     * @param nanos measures how long sessions are not used
     */
    public StreamableHttp(
            McpStreamableServerSession.Factory factory,
            JsonMapper json,
            McpJsonMapper sdkJson,
            List<String> versions,
            SessionSettings settings,
            BackgroundTasks background,
            LongSupplier nanos) {
        this.json = json;
        this.messages = new RpcMessages(json);
        this.versions = List.copyOf(versions);
        this.background = background;
        this.sessions = new Sessions(
                factory,
                sdkJson,
                new MessageBudget(settings.unreadBytes()),
                settings.most(),
                settings.patience(),
                nanos);
    }

    /**
     * Answers.
     *
     * @param request what came
     * @return the answer
     */
    public Answer answer(Incoming request) {
        try {
            if (closed) {
                throw failure(503, RpcFailure.BUSY, "The server is stopping");
            }
            return switch (request.method()) {
                case "POST" -> post(request);
                case "GET" -> listen(request);
                case "DELETE" -> leave(request);
                default -> throw failure(405, RpcFailure.INVALID, "The method is not supported at this address");
            };
        } catch (RpcFailureException e) {
            return e.failure().answer(e.id(), json);
        }
    }

    /**
     * Returns how many clients are connected.
     *
     * @return the number of sessions
     */
    public int sessions() {
        return sessions.count();
    }

    /**
     * Tells whether anybody listens for what is said unasked.
     *
     * @return true if somebody does
     */
    public boolean isListenedTo() {
        return !sessions.listening().isEmpty();
    }

    /**
     * Says something to all who listen.
     *
     * @param method what
     */
    public void tellAll(String method) {
        String message = json.writeValueAsString(Map.of("jsonrpc", McpSchema.JSONRPC_VERSION, "method", method));
        sessions.listening().forEach(session -> session.tell(message));
    }

    @Override
    public void close() {
        closed = true;
        sessions.close();
    }

    private Answer post(Incoming request) throws RpcFailureException {
        String type = request.header().apply("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.matches("application/json\\s*(;.*)?")) {
            throw failure(415, RpcFailure.INVALID, "The body must be application/json");
        }
        accepts(request, "application/json");
        accepts(request, "text/event-stream");
        McpSchema.JSONRPCMessage message = messages.read(request.body());
        if (message instanceof McpSchema.JSONRPCRequest asked && asked.method().equals(McpSchema.METHOD_INITIALIZE)) {
            return greet(asked);
        }
        Session session = session(request);
        if (message instanceof McpSchema.JSONRPCRequest asked) {
            return ask(session, asked);
        }
        if (message instanceof McpSchema.JSONRPCNotification note) {
            if (note.method().equals(CANCELED)) {
                canceled(session, note);
            } else {
                session.accept(note);
            }
        } else if (message instanceof McpSchema.JSONRPCResponse response && !session.accept(response)) {
            throw failure(400, RpcFailure.INVALID, "Nothing was asked under this id");
        }
        return new Answer.Whole(202, Map.of(), new byte[0]);
    }

    private Answer greet(McpSchema.JSONRPCRequest asked) throws RpcFailureException {
        McpSchema.InitializeRequest greeting;
        try {
            greeting = json.convertValue(asked.params(), McpSchema.InitializeRequest.class);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new RpcFailureException(
                    new RpcFailure(400, McpSchema.ErrorCodes.INVALID_PARAMS, "The greeting can't be read"), asked.id());
        }
        if (greeting == null || greeting.protocolVersion() == null) {
            throw new RpcFailureException(
                    new RpcFailure(
                            400, McpSchema.ErrorCodes.INVALID_PARAMS, "The greeting names no version of the protocol"),
                    asked.id());
        }
        Sessions.Greeted greeted = sessions.open(greeting)
                .orElseThrow(() -> new RpcFailureException(
                        new RpcFailure(503, RpcFailure.BUSY, "Too many clients are connected"), asked.id()));
        sweepLater();
        return new Answer.Whole(
                200,
                Map.of(SESSION, greeted.session().id()),
                json.writeValueAsBytes(McpSchema.JSONRPCResponse.result(asked.id(), greeted.result())));
    }

    private Answer ask(Session session, McpSchema.JSONRPCRequest asked) throws RpcFailureException {
        MessageStream stream = session.ask(asked)
                .orElseThrow(() -> new RpcFailureException(
                        new RpcFailure(400, RpcFailure.INVALID, "Too many requests wait, or one of this id does"),
                        asked.id()));
        Optional<String> whole = stream.onlyMessage();
        if (whole.isPresent()) {
            session.forget(stream);
            return new Answer.Whole(200, Map.of(), whole.get().getBytes(StandardCharsets.UTF_8));
        }
        return new Answer.Streamed(wakeUp -> stream.read(0, wakeUp));
    }

    private static void canceled(Session session, McpSchema.JSONRPCNotification note) {
        if (note.params() instanceof Map<?, ?> params && params.get("requestId") != null) {
            session.cancel(params.get("requestId"));
        }
    }

    private Answer listen(Incoming request) throws RpcFailureException {
        accepts(request, "text/event-stream");
        Session session = session(request);
        Optional<MessageStream.Place> place =
                request.header().apply("Last-Event-ID").flatMap(MessageStream.Place::parse);
        if (place.isEmpty()) {
            return new Answer.Streamed(wakeUp -> session.unasked().read(0, wakeUp));
        }
        MessageStream stream = session.stream(place.get().stream())
                .orElseThrow(() -> failure(
                        400,
                        RpcFailure.INVALID,
                        "What follows this event is not kept; the run can be asked for its result"));
        return new Answer.Streamed(wakeUp -> stream.read(place.get().message(), wakeUp));
    }

    private Answer leave(Incoming request) throws RpcFailureException {
        sessions.close(session(request));
        return new Answer.Whole(204, Map.of(), new byte[0]);
    }

    private Session session(Incoming request) throws RpcFailureException {
        Optional<String> version = request.header().apply(VERSION).filter(text -> !versions.contains(text));
        if (version.isPresent()) {
            throw failure(400, RpcFailure.INVALID, "The version of the protocol must be one of " + versions);
        }
        String id = request.header()
                .apply(SESSION)
                .orElseThrow(() -> failure(400, RpcFailure.INVALID, "The header " + SESSION + " is missing"));
        return sessions.find(id)
                .orElseThrow(() -> failure(404, RpcFailure.INVALID, "There is no such session; initialize a new one"));
    }

    private static void accepts(Incoming request, String type) throws RpcFailureException {
        String accepted = request.header().apply("Accept").orElse("*/*").toLowerCase(Locale.ROOT);
        String family = type.substring(0, type.indexOf('/')) + "/*";
        if (!accepted.contains(type) && !accepted.contains("*/*") && !accepted.contains(family)) {
            throw failure(406, RpcFailure.INVALID, "The client must accept " + type);
        }
    }

    private static RpcFailureException failure(int status, int code, String sentence) {
        return new RpcFailureException(new RpcFailure(status, code, sentence), null);
    }

    /** While there are sessions, it is looked after them. */
    private void sweepLater() {
        if (sweeping.compareAndSet(false, true)) {
            background.submitAfter(SWEEP, "mcp-sessions", () -> {
                sweeping.set(false);
                sessions.sweep();
                if (!closed && sessions.count() > 0) {
                    sweepLater();
                }
            });
        }
    }
}
