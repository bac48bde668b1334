package skillrunner.mcp;

import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpNotificationHandler;
import io.modelcontextprotocol.server.McpRequestHandler;
import io.modelcontextprotocol.spec.DefaultMcpStreamableServerSessionFactory;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.mcp.resource.ResourceMethods;
import skillrunner.mcp.session.Answer;
import skillrunner.mcp.session.Incoming;
import skillrunner.mcp.session.SessionSettings;
import skillrunner.mcp.session.StreamableHttp;
import skillrunner.mcp.tool.RunUseCases;
import skillrunner.mcp.tool.ToolMethods;
import tools.jackson.databind.json.JsonMapper;

/** An endpoint that somebody uses. Safe for concurrent use. */
final class OpenEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenEndpoint.class);

    /** A person may be asked, and is waited for as long as a call may last. */
    private static final Duration ASKED = Duration.ofHours(24);

    private static final Duration LOOK_AT_LIST = Duration.ofSeconds(3);

    /** Newest last: what is told to a client that wants another one. */
    private static final List<String> VERSIONS =
            List.of(ProtocolVersions.MCP_2025_03_26, ProtocolVersions.MCP_2025_06_18, ProtocolVersions.MCP_2025_11_25);

    private static final String INSTRUCTIONS =
            "Each tool runs one skill with an AI agent on this server and may take minutes. A call that is cut off goes on as a run: find it with"
                    + " skill_runner_run_list and pick it up with skill_runner_run_result. If a call answers that its run is waiting_user, answer"
                    + " the question with skill_runner_run_reply. Files that a run left are resources.";

    private final StreamableHttp http;
    private final ToolMethods tools;
    private final BackgroundTasks background;
    private final AtomicBoolean watching = new AtomicBoolean();
    private volatile boolean closed;
    private volatile String known = "";

    OpenEndpoint(RunUseCases runs, SessionSettings settings, BackgroundTasks background, String version) {
        this.background = background;
        JsonMapper json = ProtocolJson.mapper();
        JacksonMcpJsonMapper sdkJson = new JacksonMcpJsonMapper(json);
        this.tools = new ToolMethods(runs, background, json);
        Map<String, McpRequestHandler<?>> methods = new HashMap<>();
        McpRequestHandler<Map<String, Object>> ping = (exchange, params) -> Mono.just(Map.of());
        methods.put(McpSchema.METHOD_PING, ping);
        methods.putAll(tools.handlers());
        methods.putAll(new ResourceMethods(runs.find(), runs.result(), runs.artifacts(), json).handlers());
        McpNotificationHandler nothing = (exchange, params) -> Mono.empty();
        Map<String, McpNotificationHandler> notes = Map.of(
                McpSchema.METHOD_NOTIFICATION_INITIALIZED,
                nothing,
                McpSchema.METHOD_NOTIFICATION_ROOTS_LIST_CHANGED,
                nothing,
                McpSchema.METHOD_NOTIFICATION_PROGRESS,
                nothing);
        McpSchema.ServerCapabilities capabilities = McpSchema.ServerCapabilities.builder()
                .tools(true)
                .resources(false, false)
                .build();
        McpSchema.Implementation self = McpSchema.Implementation.builder("skill-runner", version)
                .title("Skill Runner")
                .build();
        this.http = new StreamableHttp(
                new DefaultMcpStreamableServerSessionFactory(
                        ASKED,
                        greeting -> Mono.just(McpSchema.InitializeResult.builder(
                                        version(greeting.protocolVersion()), capabilities, self)
                                .instructions(INSTRUCTIONS)
                                .build()),
                        methods,
                        notes,
                        id -> Mono.empty()),
                json,
                sdkJson,
                VERSIONS,
                settings,
                background,
                System::nanoTime);
    }

    Answer answer(Incoming request) {
        Answer answer = http.answer(request);
        if (request.method().equals("GET") && answer instanceof Answer.Streamed) {
            watchList();
        }
        return answer;
    }

    @Override
    public void close() {
        closed = true;
        http.close();
    }

    private static String version(String wanted) {
        return VERSIONS.contains(wanted) ? wanted : VERSIONS.get(VERSIONS.size() - 1);
    }

    /** Skills come and go on the disk as well, where nobody tells; so it is looked as long as somebody listens. */
    private void watchList() {
        if (watching.compareAndSet(false, true)) {
            // What changed while nobody listened is told to the first who does again.
            known = known.isEmpty() ? fingerprint() : known;
            lookLater();
        }
    }

    private void lookLater() {
        background.submitAfter(LOOK_AT_LIST, "mcp-tools", () -> {
            if (closed || !http.isListenedTo()) {
                watching.set(false);
                return;
            }
            String now = fingerprint();
            if (!now.equals(known)) {
                known = now;
                http.tellAll(McpSchema.METHOD_NOTIFICATION_TOOLS_LIST_CHANGED);
            }
            lookLater();
        });
    }

    private String fingerprint() {
        try {
            return tools.fingerprint();
        } catch (RuntimeException e) {
            LOG.warn("the skills can't be listed: {}", e.toString());
            return known;
        }
    }
}
