package skillrunner.mcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.ListRuns;
import skillrunner.application.run.journal.ReadEvents;
import skillrunner.mcp.session.Answer;
import skillrunner.mcp.session.Incoming;
import skillrunner.mcp.session.MessageFeed;
import skillrunner.mcp.session.SessionSettings;
import skillrunner.mcp.tool.RunUseCases;
import skillrunner.testkit.run.CoreOnFakes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that knows the wire only, and the endpoint it talks to. Used by one thread. */
public final class Talk {
    public static final JsonMapper JSON = JsonMapper.builder().build();

    public final CoreOnFakes core;
    public final McpEndpoint endpoint;
    private String session = "";

    public Talk(CoreOnFakes core) {
        this(core, new SessionSettings(4, Duration.ofMinutes(30), 1 << 20));
    }

    public Talk(CoreOnFakes core, SessionSettings settings) {
        this(core, endpoint(core, settings));
    }

    private Talk(CoreOnFakes core, McpEndpoint endpoint) {
        this.core = core;
        this.endpoint = endpoint;
    }

    private static McpEndpoint endpoint(CoreOnFakes core, SessionSettings settings) {
        CoreOnFakes.Server server = core.server();
        return new McpEndpoint(
                new RunUseCases(
                        core.skills,
                        server.engines,
                        server.createRun,
                        server.uploadRunInput,
                        server.findRun,
                        new ListRuns(core.runs, query -> List.of()),
                        new ReadEvents(core.runs, server.journalReader, server.signals),
                        server.findPending,
                        server.answerQuestion,
                        server.cancelRun,
                        server.readRunResult,
                        core.workspaces),
                settings,
                server.background,
                "1.2.3");
    }

    /** Another client of the same endpoint. */
    public Talk another() {
        return new Talk(core, endpoint);
    }

    public String session() {
        return session;
    }

    /** Greets, with what the client can do. */
    public JsonNode greet(Map<String, Object> capabilities) {
        Answer.Whole answer = (Answer.Whole) post(message(
                0,
                "initialize",
                Map.of(
                        "protocolVersion",
                        "2025-11-25",
                        "capabilities",
                        capabilities,
                        "clientInfo",
                        Map.of("name", "test", "version", "1"))));
        session = answer.headers().getOrDefault("Mcp-Session-Id", "");
        return JSON.readTree(answer.json());
    }

    /** Makes a request that is answered at once. @return the whole answer */
    public JsonNode ask(int id, String method, Map<String, ? extends @Nullable Object> params) {
        return JSON.readTree(((Answer.Whole) post(message(id, method, params))).json());
    }

    /** Calls a tool that answers at once. @return the result */
    public JsonNode called(String tool, Map<String, ? extends @Nullable Object> arguments) {
        JsonNode answer = ask(7, "tools/call", Map.of("name", tool, "arguments", arguments));
        return answer.get("result") == null ? answer : answer.get("result");
    }

    /** Calls a tool that takes its time. @return what the call tells */
    public Told call(int id, String tool, Map<String, ?> arguments, Map<String, ?> meta) {
        return new Told((Answer.Streamed)
                post(message(id, "tools/call", Map.of("name", tool, "arguments", arguments, "_meta", meta))));
    }

    public Answer post(Map<String, ?> message) {
        return post(JSON.writeValueAsString(message));
    }

    public Answer post(String body) {
        return endpoint.answer(new Incoming("POST", headers(Map.of()), body.getBytes(StandardCharsets.UTF_8)));
    }

    public Answer send(String method, Map<String, String> headers) {
        return endpoint.answer(new Incoming(method, headers(headers), new byte[0]));
    }

    /** Listens for what is said unasked, or goes on behind an event. */
    public Told listen(Optional<String> behind) {
        return new Told((Answer.Streamed)
                send("GET", behind.map(id -> Map.of("Last-Event-ID", id)).orElse(Map.of())));
    }

    public static Map<String, Object> message(int id, String method, Map<String, ? extends @Nullable Object> params) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("jsonrpc", "2.0");
        message.put("id", id);
        message.put("method", method);
        message.put("params", params);
        return message;
    }

    public static Map<String, Object> note(String method, Map<String, ?> params) {
        return Map.of("jsonrpc", "2.0", "method", method, "params", params);
    }

    private java.util.function.Function<String, Optional<String>> headers(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(
                Map.of("content-type", "application/json", "accept", "application/json, text/event-stream"));
        if (!session.isEmpty()) {
            all.put("mcp-session-id", session);
        }
        more.forEach((name, value) -> all.put(name.toLowerCase(java.util.Locale.ROOT), value));
        return name -> Optional.ofNullable(all.get(name.toLowerCase(java.util.Locale.ROOT)))
                .filter(value -> !value.isEmpty());
    }

    /** What comes piece by piece. */
    public static final class Told {
        public final MessageFeed feed;
        public int wakeUps;
        private String last = "";

        Told(Answer.Streamed answer) {
            this.feed = answer.opening().apply(() -> wakeUps++);
        }

        /** Reads what is there. */
        public List<JsonNode> read() {
            List<JsonNode> messages = new ArrayList<>();
            for (Optional<byte[]> event = feed.next(); event.isPresent(); event = feed.next()) {
                for (String line : new String(event.get(), StandardCharsets.UTF_8).split("\n")) {
                    if (line.startsWith("id: ")) {
                        last = line.substring(4);
                    }
                    if (line.startsWith("data: ")) {
                        messages.add(JSON.readTree(line.substring(6)));
                    }
                }
            }
            return messages;
        }

        /** Reads the answer, which must be the last that is said. */
        public JsonNode result() {
            List<JsonNode> messages = read();
            JsonNode answer = messages.get(messages.size() - 1);
            return answer.get("result") == null ? answer : answer.get("result");
        }

        public String last() {
            return last;
        }
    }
}
