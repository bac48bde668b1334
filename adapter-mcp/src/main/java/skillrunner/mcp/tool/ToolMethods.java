package skillrunner.mcp.tool;

import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpRequestHandler;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.mcp.session.PendingRequest;
import tools.jackson.databind.json.JsonMapper;

/** What is asked of tools: {@code tools/list} and {@code tools/call}. Safe for concurrent use. */
public final class ToolMethods {
    /** So many tools are named at once. */
    private static final int PAGE = 200;

    private final SkillTools skills;
    private final RunTools own;

    /**
     * Takes its collaborators.
     *
     * @param runs what tools call
     * @param background looks after runs that calls wait for
     * @param json writes answers as text
     */
    public ToolMethods(RunUseCases runs, BackgroundTasks background, JsonMapper json) {
        RunReport report = new RunReport(runs, json);
        Following following = new Following(runs, report, background, json);
        this.skills = new SkillTools(runs, following);
        this.own = new RunTools(runs, report, following);
    }

    /**
     * Returns what answers the methods.
     *
     * @return by method
     */
    public Map<String, McpRequestHandler<?>> handlers() {
        McpRequestHandler<McpSchema.ListToolsResult> list = (exchange, params) -> Mono.fromCallable(() -> list(params));
        McpRequestHandler<McpSchema.CallToolResult> call =
                (exchange, params) -> Mono.create(sink -> call(exchange, params, sink));
        return Map.of(McpSchema.METHOD_TOOLS_LIST, list, McpSchema.METHOD_TOOLS_CALL, call);
    }

    /**
     * Sums up what {@code tools/list} would answer.
     *
     * @return a text that changes with it
     */
    public String fingerprint() {
        return Integer.toHexString(specs().hashCode());
    }

    private List<ToolSpec> specs() {
        List<ToolSpec> specs = new ArrayList<>(skills.list());
        specs.sort(Comparator.comparing(ToolSpec::name));
        specs.addAll(RunTools.list());
        return specs;
    }

    private McpSchema.ListToolsResult list(@Nullable Object params) {
        List<ToolSpec> specs = specs();
        int from = 0;
        Object cursor = params instanceof Map<?, ?> object ? object.get("cursor") : null;
        if (cursor != null) {
            from = specs.stream().map(ToolSpec::name).toList().indexOf(String.valueOf(cursor));
            if (from < 0) {
                throw invalid("The cursor is none that was given");
            }
        }
        int to = Math.min(specs.size(), from + PAGE);
        List<McpSchema.Tool> page =
                specs.subList(from, to).stream().map(ToolMethods::tool).toList();
        McpSchema.ListToolsResult.Builder result = McpSchema.ListToolsResult.builder(page);
        if (to < specs.size()) {
            result.nextCursor(specs.get(to).name());
        }
        return result.build();
    }

    private static McpSchema.Tool tool(ToolSpec spec) {
        return McpSchema.Tool.builder(spec.name(), spec.input())
                .title(spec.title())
                .description(spec.description())
                .outputSchema(spec.output())
                .annotations(new McpSchema.ToolAnnotations(spec.title(), spec.readOnly(), null, null, null, null))
                .build();
    }

    private void call(
            McpAsyncServerExchange exchange, @Nullable Object params, MonoSink<McpSchema.CallToolResult> sink) {
        if (!(params instanceof Map<?, ?> call) || !(call.get("name") instanceof String name)) {
            sink.error(invalid("A call names its tool"));
            return;
        }
        Map<String, Object> arguments = Map.of();
        if (call.get("arguments") instanceof Map<?, ?> given) {
            arguments = Plain.object(given);
        } else if (call.get("arguments") != null) {
            sink.error(invalid("The arguments must be an object"));
            return;
        }
        Map<String, Object> meta = call.get("_meta") instanceof Map<?, ?> given ? Plain.object(given) : Map.of();
        Optional<InstalledSkill> skill = RunTools.has(name) ? Optional.empty() : skills.find(name);
        if (skill.isEmpty() && !RunTools.has(name)) {
            sink.error(invalid("There is no tool of this name"));
            return;
        }
        Caller caller = new ExchangeCaller(exchange, meta.get("progressToken"));
        try {
            Optional<IdempotencyKey> key = CallMeta.key(meta);
            StartedCall started = skill.isPresent()
                    ? skills.call(skill.get(), arguments, key, caller, answer -> sink.success(result(answer)))
                    : own.call(name, arguments, key, caller, answer -> sink.success(result(answer)));
            end(exchange, sink, started);
        } catch (RuntimeException | StackOverflowError e) {
            sink.success(result(Refused.answer(e, Optional.empty())));
        }
    }

    /** The call ends with its request, in one of two ways. */
    private static void end(
            McpAsyncServerExchange exchange, MonoSink<McpSchema.CallToolResult> sink, StartedCall started) {
        sink.onDispose(started::letGo);
        if (exchange.transportContext().get(PendingRequest.KEY) instanceof PendingRequest request) {
            request.onEnd(new PendingRequest.Ending() {
                @Override
                public void canceled() {
                    started.cancel();
                }

                @Override
                public void left() {
                    started.letGo();
                }
            });
        }
    }

    private McpSchema.CallToolResult result(ToolAnswer answer) {
        List<McpSchema.Content> content = new ArrayList<>();
        content.add(McpSchema.TextContent.builder(answer.text()).build());
        answer.artifacts()
                .forEach((uri, path) -> content.add(
                        McpSchema.ResourceLink.builder().uri(uri).name(path).build()));
        return McpSchema.CallToolResult.builder(content)
                .structuredContent(answer.structured())
                .isError(answer.error())
                .build();
    }

    private static McpError invalid(String sentence) {
        return McpError.builder(McpSchema.ErrorCodes.INVALID_PARAMS)
                .message(sentence)
                .build();
    }
}
