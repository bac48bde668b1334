package skillrunner.mcp.tool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skillrunner.application.json.PlainValues;
import skillrunner.application.run.RunListing;
import skillrunner.application.run.RunQuery;
import skillrunner.application.run.execution.CancelRun;
import skillrunner.application.run.interaction.Reply;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.RequestId;

/** The tools beside the skills: for runs that outlived the call that started them. Safe for concurrent use. */
final class RunTools {
    static final String STATUS = ToolName.OWN + "run_status";
    static final String RESULT = ToolName.OWN + "run_result";
    static final String REPLY = ToolName.OWN + "run_reply";
    static final String CANCEL = ToolName.OWN + "run_cancel";
    static final String LIST = ToolName.OWN + "run_list";

    private static final String REQUEST_ID = "request_id";
    private static final int MOST_LISTED = 50;
    private static final int USUALLY_LISTED = 10;

    private final RunUseCases runs;
    private final RunReport report;
    private final Following following;

    RunTools(RunUseCases runs, RunReport report, Following following) {
        this.runs = runs;
        this.report = report;
        this.following = following;
    }

    static List<ToolSpec> list() {
        return List.of(
                new ToolSpec(
                        STATUS,
                        "Status of a run",
                        "Tells where a run of a skill stands, without waiting: its status, its question if it asks one, its answer if it has ended.",
                        schema(Map.of(), List.of(REQUEST_ID)),
                        RunReport.schema(),
                        true),
                new ToolSpec(
                        RESULT,
                        "Result of a run",
                        "Waits for the end of a run of a skill that an earlier call started, and answers what that call would have answered.",
                        schema(Map.of(ToolSchema.WAIT, ToolSchema.waiting()), List.of(REQUEST_ID)),
                        RunReport.schema(),
                        true),
                new ToolSpec(
                        REPLY,
                        "Answer a run's question",
                        "Answers the question of a run that is waiting_user, and waits for what the run comes to next.",
                        schema(
                                Map.of(
                                        "interaction_id",
                                        Map.of("type", "integer", "minimum", 1),
                                        "response",
                                        Map.of("description", "The answer: any JSON value, usually a text."),
                                        ToolSchema.WAIT,
                                        ToolSchema.waiting()),
                                List.of(REQUEST_ID, "interaction_id", "response")),
                        RunReport.schema(),
                        false),
                new ToolSpec(
                        CANCEL,
                        "Cancel a run",
                        "Ends a run of a skill.",
                        schema(Map.of(), List.of(REQUEST_ID)),
                        RunReport.schema(),
                        false),
                new ToolSpec(
                        LIST,
                        "Recent runs",
                        "Lists the newest runs of skills, with the request_id by which the other tools find them.",
                        schema(
                                Map.of("limit", Map.of("type", "integer", "minimum", 1, "maximum", MOST_LISTED)),
                                List.of()),
                        Map.of(
                                "type",
                                "object",
                                "properties",
                                Map.of("runs", Map.of("type", "array", "items", Map.of("type", "object")))),
                        true));
    }

    static boolean has(String name) {
        return list().stream().anyMatch(tool -> tool.name().equals(name));
    }

    /** @throws RuntimeException if it can't be done; a refusal says why */
    StartedCall call(
            String name,
            Map<String, ? extends @Nullable Object> arguments,
            Optional<IdempotencyKey> key,
            Caller caller,
            Consumer<ToolAnswer> done) {
        PlainValues.refuseUnusable(arguments);
        Findings findings = new Findings(arguments);
        switch (name) {
            case STATUS -> done.accept(status(findings));
            case CANCEL -> done.accept(cancel(findings));
            case LIST -> done.accept(list(findings));
            case RESULT -> {
                findings.allowOnly(Set.of(REQUEST_ID, ToolSchema.WAIT));
                return follow(findings, findings.request(), caller, done);
            }
            case REPLY -> {
                return reply(findings, arguments, key, caller, done);
            }
            default -> throw new IllegalArgumentException("no tool of ours: " + name);
        }
        return StartedCall.OVER;
    }

    private ToolAnswer status(Findings findings) {
        findings.allowOnly(Set.of(REQUEST_ID));
        Optional<RequestId> request = findings.request();
        findings.refuseIfWrong();
        RequestId id = request.orElseThrow();
        return runs.find().awaiting(id).isPresent()
                ? RunReport.awaiting(id)
                : report.of(runs.find().find(id));
    }

    private ToolAnswer cancel(Findings findings) {
        findings.allowOnly(Set.of(REQUEST_ID));
        Optional<RequestId> request = findings.request();
        findings.refuseIfWrong();
        CancelRun.Outcome outcome = runs.cancel().cancel(request.orElseThrow());
        Map<String, Object> told = new LinkedHashMap<>();
        told.put(REQUEST_ID, request.get().value());
        told.put("run_id", outcome.run().value());
        told.put("status", outcome.status().wire());
        told.put("accepted", outcome.accepted());
        return ToolAnswer.of(told, outcome.message() + ".");
    }

    private ToolAnswer list(Findings findings) {
        findings.allowOnly(Set.of("limit"));
        int limit = findings.number("limit", 1, MOST_LISTED).orElse(USUALLY_LISTED);
        findings.refuseIfWrong();
        List<Map<String, Object>> entries = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        for (RunListing run : runs.list().page(RunQuery.newest(limit)).runs()) {
            Map<String, Object> entry = RunReport.told(run.request(), run.run());
            entry.put("requested_at", run.requestedAt().toString());
            entries.add(entry);
            lines.append(run.request())
                    .append(' ')
                    .append(run.run().status().wire())
                    .append(' ')
                    .append(run.run().skill())
                    .append('\n');
        }
        return ToolAnswer.of(Map.of("runs", entries), entries.isEmpty() ? "There are no runs." : lines.toString());
    }

    private StartedCall reply(
            Findings findings,
            Map<String, ? extends @Nullable Object> arguments,
            Optional<IdempotencyKey> key,
            Caller caller,
            Consumer<ToolAnswer> done) {
        findings.allowOnly(Set.of(REQUEST_ID, "interaction_id", "response", ToolSchema.WAIT));
        Optional<RequestId> request = findings.request();
        Optional<Integer> number = findings.number("interaction_id", 1, Integer.MAX_VALUE);
        if (arguments.get("interaction_id") == null) {
            findings.wrong("/interaction_id", "is required");
        }
        if (!arguments.containsKey("response")) {
            findings.wrong("/response", "is required");
        }
        Optional<Duration> patience = patience(findings);
        findings.refuseIfWrong();
        RequestId id = request.orElseThrow();
        runs.answer()
                .answer(
                        runs.find().find(id),
                        new Reply(number.orElseThrow(), Optional.ofNullable(arguments.get("response")), key));
        return following.other(id, patience, caller, done);
    }

    private StartedCall follow(
            Findings findings, Optional<RequestId> request, Caller caller, Consumer<ToolAnswer> done) {
        Optional<Duration> patience = patience(findings);
        findings.refuseIfWrong();
        return following.other(request.orElseThrow(), patience, caller, done);
    }

    private static Optional<Duration> patience(Findings findings) {
        return findings.number(ToolSchema.WAIT, 0, ToolSchema.LONGEST_WAIT_SECONDS)
                .map(Duration::ofSeconds);
    }

    private static Map<String, Object> schema(Map<String, Object> others, List<String> required) {
        Map<String, Object> properties = new LinkedHashMap<>();
        if (required.contains(REQUEST_ID)) {
            properties.put(
                    REQUEST_ID,
                    Map.of("type", "string", "description", "What the call that started the run answered or told."));
        }
        properties.putAll(others);
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
        return schema;
    }
}
