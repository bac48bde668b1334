package skillrunner.engines.gemini;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.EngineEvent.ToolResult;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.TurnFacts;
import skillrunner.engines.output.JsonLine;
import tools.jackson.databind.JsonNode;

/** One line of {@code gemini --output-format stream-json}. */
final class GeminiRecord {
    /** The parameters of tools that say what for, in the order of their worth. */
    private static final List<String> TELLING =
            List.of("command", "file_path", "absolute_path", "path", "pattern", "query", "name", "description");

    private GeminiRecord() {}

    /** Tells what a record says. @return false if that is nothing */
    static boolean tell(JsonNode record, OutputRange at, Consumer<? super EngineEvent> events) {
        if (JsonLine.text(record, "type").filter("result"::equals).isPresent()) {
            tellResult(record, at, events);
            return true;
        }
        Optional<? extends EngineEvent> said = said(record, at);
        said.ifPresent(events);
        return said.isPresent();
    }

    /** A message comes in pieces without a name; the pieces between two tools are one. */
    static EngineEvent piece(OutputRange at, Optional<String> text) {
        return new EngineEvent.Message(at, text, EngineEvent.Message.Extent.PIECE, Optional.empty(), Optional.empty());
    }

    /** Tells how a turn failed, and whether that means a missing sign-in. */
    static void tellFailure(JsonNode record, OutputRange at, Consumer<? super EngineEvent> events) {
        String words = JsonLine.text(record, "error", "message").orElse("");
        if (GeminiSignIn.WORDS.inReport(words).isThere()) {
            events.accept(new EngineEvent.SignInAsked(at, GeminiSignIn.WORDS.inReport(words)));
        }
        events.accept(new EngineEvent.Closing(at, new TurnFacts.Closing.Failed(EngineEvent.beginning(words))));
    }

    private static Optional<? extends EngineEvent> said(JsonNode record, OutputRange at) {
        return switch (JsonLine.text(record, "type").orElse("")) {
            case "init" -> JsonLine.text(record, "session_id").flatMap(id -> EngineEvent.SessionNamed.of(at, id));
            case "message" -> message(record, at);
            case "tool_use" ->
                Optional.of(new EngineEvent.ToolCall(
                        at,
                        JsonLine.text(record, "tool_id"),
                        JsonLine.text(record, "tool_name").orElse(""),
                        summary(record.path("parameters"))));
            case "tool_result" ->
                Optional.of(new ToolResult(
                        at,
                        JsonLine.text(record, "tool_id"),
                        Optional.empty(),
                        Optional.empty(),
                        ending(JsonLine.text(record, "status").orElse("")),
                        OptionalInt.empty()));
            case "error" -> JsonLine.text(record, "message").map(text -> new EngineEvent.Notice(at, text));
            default -> Optional.empty();
        };
    }

    /** What is not the agent's is the prompt of a turn, repeated. */
    private static Optional<? extends EngineEvent> message(JsonNode record, OutputRange at) {
        boolean said = JsonLine.text(record, "role").filter("assistant"::equals).isPresent();
        return said
                ? JsonLine.text(record, "content").map(text -> piece(at, Optional.of(text)))
                : Optional.of(new EngineEvent.TurnBegan(at));
    }

    private static String summary(JsonNode parameters) {
        return TELLING.stream()
                .flatMap(name -> JsonLine.text(parameters, name).stream())
                .findFirst()
                .orElse("");
    }

    private static ToolResult.Ending ending(String status) {
        return switch (status) {
            case "success" -> ToolResult.Ending.SUCCEEDED;
            case "error" -> ToolResult.Ending.FAILED;
            default -> ToolResult.Ending.UNKNOWN;
        };
    }

    private static void tellResult(JsonNode record, OutputRange at, Consumer<? super EngineEvent> events) {
        GeminiUsage.ofRecord(record.path("stats"), at).ifPresent(events);
        GeminiUsage.tellModels(record.path("stats"), at, events);
        boolean success =
                JsonLine.text(record, "status").filter("success"::equals).isPresent();
        if (success) {
            events.accept(new EngineEvent.Closing(at, new TurnFacts.Closing.Completed()));
        } else {
            tellFailure(record, at, events);
        }
    }
}
