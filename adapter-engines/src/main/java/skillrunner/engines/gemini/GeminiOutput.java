package skillrunner.engines.gemini;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import skillrunner.application.engine.EngineOutputReader;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.engines.output.BothStreams;
import skillrunner.engines.output.JsonDocuments;
import skillrunner.engines.output.JsonLine;
import skillrunner.engines.output.RawLines;
import tools.jackson.databind.JsonNode;

/**
 * Reads what gemini writes: with {@code --output-format stream-json} one record a line on stdout; with {@code json} one
 * document over many lines, an answer on stdout or an error on stderr, behind whatever noise. Both are understood.
 */
final class GeminiOutput implements JsonDocuments.Sink {
    /** What tells the kind of an object stands so near its beginning, in bytes. */
    private static final int HEAD = 256;

    private final OutputStreamKind stream;
    private final Consumer<? super EngineEvent> events;
    private final RawLines raw;

    private GeminiOutput(OutputStreamKind stream, Consumer<? super EngineEvent> events) {
        this.stream = stream;
        this.events = events;
        this.raw = new RawLines(events);
    }

    static EngineOutputReader reader(OutputPosition from, Consumer<? super EngineEvent> events) {
        return new BothStreams(
                documents(OutputStreamKind.STDOUT, from, events), documents(OutputStreamKind.STDERR, from, events));
    }

    private static JsonDocuments documents(
            OutputStreamKind stream, OutputPosition from, Consumer<? super EngineEvent> events) {
        return new JsonDocuments(stream, from.of(stream), new GeminiOutput(stream, events));
    }

    @Override
    public boolean document(JsonNode document, OutputRange at) {
        return GeminiDocument.tell(document, at, events);
    }

    @Override
    public void line(byte[] bytes, int offset, int length, OutputRange at) {
        Optional<JsonNode> object = JsonLine.read(bytes, offset, length);
        if (object.isEmpty() || !tell(object.get(), at)) {
            raw.whole(bytes, offset, length, at, JsonLine.sort(object));
        }
    }

    @Override
    public boolean mayHoldAnswer(byte[] bytes, int offset, int length) {
        String head = new String(bytes, offset, Math.min(length, HEAD), StandardCharsets.UTF_8);
        return stream == OutputStreamKind.STDOUT && (head.contains("\"assistant\"") || head.contains("\"response\""));
    }

    /** {@inheritDoc} Of a message nothing is known then, and of a tool what stands before its output. */
    @Override
    public void beginningOfLongLine(byte[] bytes, int offset, int length, OutputRange at) {
        Optional<JsonNode> object = JsonLine.beginning(bytes, offset, length);
        String type = object.flatMap(known -> JsonLine.text(known, "type")).orElse("");
        if (mayHoldAnswer(bytes, offset, length)) {
            events.accept(GeminiRecord.piece(at, Optional.empty()));
        } else if (type.equals("tool_result") && tell(object.orElseThrow(), at)) {
            return;
        } else {
            raw.beginning(bytes, offset, length, at, JsonLine.sort(object));
        }
    }

    private boolean tell(JsonNode object, OutputRange at) {
        boolean record = stream == OutputStreamKind.STDOUT
                && JsonLine.text(object, "type").isPresent();
        return record ? GeminiRecord.tell(object, at, events) : GeminiDocument.tell(object, at, events);
    }
}
