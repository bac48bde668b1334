package skillrunner.engines.opencode;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import skillrunner.application.engine.EngineOutputReader;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.EngineEvent.ToolResult;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.SignInSign;
import skillrunner.domain.run.TurnFacts;
import skillrunner.engines.output.BothStreams;
import skillrunner.engines.output.JsonLine;
import skillrunner.engines.output.OutputLines;
import skillrunner.engines.output.RawLines;
import skillrunner.engines.output.SignInWords;
import tools.jackson.databind.JsonNode;

/**
 * Reads what {@code opencode run --format json} writes: one record a line on stdout, each with the name of the session, and
 * text on stderr. A turn is complete when its last step stopped by itself.
 */
final class OpencodeOutput implements OutputLines.Sink {
    static final SignInWords SIGN_IN = new SignInWords("opencode");

    private static final int UNAUTHORIZED = 401;

    /** The type of a record is its first member. */
    private static final Pattern TEXT = Pattern.compile("\\s*\\{\\s*\"type\"\\s*:\\s*\"text\"");

    private static final int HEAD = 256;

    private final Consumer<? super EngineEvent> events;
    private final RawLines raw;

    OpencodeOutput(Consumer<? super EngineEvent> events) {
        this.events = events;
        this.raw = new RawLines(events);
    }

    static EngineOutputReader reader(OutputPosition from, Consumer<? super EngineEvent> events) {
        return new BothStreams(
                new OutputLines(OutputStreamKind.STDOUT, from.stdout(), new OpencodeOutput(events)),
                new OutputLines(OutputStreamKind.STDERR, from.stderr(), new RawLines(events)));
    }

    @Override
    public void line(byte[] bytes, int offset, int length, OutputRange at) {
        Optional<JsonNode> record = JsonLine.read(bytes, offset, length);
        if (record.isEmpty() || !tell(record.get(), at)) {
            raw.whole(bytes, offset, length, at, JsonLine.sort(record));
        }
    }

    @Override
    public boolean mayHoldAnswer(byte[] bytes, int offset, int length) {
        return TEXT.matcher(new String(bytes, offset, Math.min(length, HEAD), StandardCharsets.UTF_8))
                .lookingAt();
    }

    /** {@inheritDoc} Of a message nothing is known then, and of a tool what stands before its output. */
    @Override
    public void beginningOfLongLine(byte[] bytes, int offset, int length, OutputRange at) {
        Optional<JsonNode> record = JsonLine.beginning(bytes, offset, length);
        String type = record.flatMap(known -> JsonLine.text(known, "type")).orElse("");
        if (mayHoldAnswer(bytes, offset, length)) {
            events.accept(message(record.orElseThrow(), Optional.empty(), at));
        } else if (type.equals("tool_use")) {
            tell(record.orElseThrow(), at);
        } else {
            raw.beginning(bytes, offset, length, at, JsonLine.sort(record));
        }
    }

    /** Tells what a record says. @return false if that is nothing */
    boolean tell(JsonNode record, OutputRange at) {
        Optional<? extends EngineEvent> said = said(record, at);
        if (said.isEmpty()) {
            return false;
        }
        JsonLine.text(record, "sessionID")
                .flatMap(id -> EngineEvent.SessionNamed.of(at, id))
                .ifPresent(events);
        tellBeside(record, at);
        events.accept(said.get());
        return true;
    }

    private static Optional<? extends EngineEvent> said(JsonNode record, OutputRange at) {
        return switch (JsonLine.text(record, "type").orElse("")) {
            case "step_start" -> Optional.of(new EngineEvent.StepBegan(at));
            case "text" -> JsonLine.text(record, "part", "text").map(text -> message(record, Optional.of(text), at));
            case "reasoning" -> JsonLine.text(record, "part", "text").map(text -> new EngineEvent.Thought(at, text));
            case "tool_use" -> Optional.of(tool(record.path("part"), at));
            case "step_finish" ->
                Optional.of(new EngineEvent.Closing(
                        at, closingOf(JsonLine.text(record, "part", "reason").orElse(""))));
            case "error" ->
                Optional.of(new EngineEvent.Closing(
                        at, new TurnFacts.Closing.Failed(EngineEvent.beginning(words(record.path("error"))))));
            default -> Optional.empty();
        };
    }

    /** A record may say two things at once. */
    private void tellBeside(JsonNode record, OutputRange at) {
        switch (JsonLine.text(record, "type").orElse("")) {
            case "step_finish" -> usage(record.path("part"), at).ifPresent(events);
            case "error" -> {
                SignInSign sign = signIn(record.path("error"));
                if (sign.isThere()) {
                    events.accept(new EngineEvent.SignInAsked(at, sign));
                }
            }
            default -> {}
        }
    }

    /** A message may say its text in several parts, and may say a part again. */
    private static EngineEvent message(JsonNode record, Optional<String> text, OutputRange at) {
        return new EngineEvent.Message(
                at,
                text,
                EngineEvent.Message.Extent.PIECE,
                JsonLine.text(record, "part", "messageID"),
                JsonLine.text(record, "part", "id"));
    }

    /** The CLI tells of a tool when it has ended, and not before. */
    private static EngineEvent tool(JsonNode part, OutputRange at) {
        JsonNode state = part.path("state");
        JsonNode input = state.path("input");
        JsonNode exit = state.path("metadata").path("exit");
        return new ToolResult(
                at,
                JsonLine.text(part, "callID"),
                JsonLine.text(part, "tool"),
                JsonLine.text(input, "command")
                        .or(() -> JsonLine.text(input, "filePath"))
                        .or(() -> JsonLine.text(input, "pattern"))
                        .or(() -> JsonLine.text(input, "description"))
                        .or(() -> JsonLine.text(state, "title")),
                switch (JsonLine.text(state, "status").orElse("")) {
                    case "completed" -> ToolResult.Ending.SUCCEEDED;
                    case "error" -> ToolResult.Ending.FAILED;
                    default -> ToolResult.Ending.UNKNOWN;
                },
                exit.isInt() ? OptionalInt.of(exit.intValue()) : OptionalInt.empty());
    }

    private static Optional<EngineEvent> usage(JsonNode part, OutputRange at) {
        JsonNode tokens = part.path("tokens");
        JsonNode cost = part.path("cost");
        long cached = tokens.path("cache").path("read").asLong(0);
        return tokens.isObject()
                ? Optional.of(new EngineEvent.Usage(
                        at,
                        EngineEvent.Usage.Span.STEP,
                        tokens.path("input").asLong(0) + cached,
                        cached,
                        tokens.path("output").asLong(0),
                        tokens.path("reasoning").asLong(0),
                        cost.isNumber() ? OptionalDouble.of(cost.doubleValue()) : OptionalDouble.empty()))
                : Optional.empty();
    }

    private static TurnFacts.Closing closingOf(String reason) {
        return switch (reason) {
            case "stop" -> new TurnFacts.Closing.Completed();
            case "tool-calls", "" -> new TurnFacts.Closing.Missing();
            case "length", "content-filter", "error" ->
                new TurnFacts.Closing.Failed(EngineEvent.beginning("The last step ended by: " + reason));
            default -> new TurnFacts.Closing.Unclear(EngineEvent.beginning(reason));
        };
    }

    private static String words(JsonNode error) {
        return JsonLine.text(error, "data", "message")
                .or(() -> JsonLine.text(error, "name"))
                .orElse("");
    }

    private static SignInSign signIn(JsonNode error) {
        boolean refused = error.path("data").path("statusCode").asInt(0) == UNAUTHORIZED
                || JsonLine.text(error, "name")
                        .filter("ProviderAuthError"::equals)
                        .isPresent();
        return (refused ? SignInSign.DEMAND : SIGN_IN.inReport(words(error)))
                .or(JsonLine.text(error, "data", "responseBody")
                        .map(SIGN_IN::inReport)
                        .orElse(SignInSign.NONE));
    }
}
