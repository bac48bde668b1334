package skillrunner.benchmarks;

import java.io.OutputStream;
import java.util.function.Consumer;
import skillrunner.domain.output.EngineEvent;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes events as lines of JSON, with their ranges and their texts; nobody keeps them. */
final class EventLines implements Consumer<EngineEvent>, AutoCloseable {
    private final JsonGenerator json;

    EventLines() {
        json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), OutputStream.nullOutputStream());
    }

    @Override
    public void accept(EngineEvent event) {
        json.writeStartObject();
        json.writeStringProperty("type", event.getClass().getSimpleName());
        json.writeStringProperty("stream", event.at().stream().wire());
        json.writeNumberProperty("from", event.at().from());
        json.writeNumberProperty("to", event.at().to());
        if (event instanceof EngineEvent.Message message) {
            json.writeStringProperty("text", message.text().orElse(""));
        } else if (event instanceof EngineEvent.BareAnswer answer) {
            json.writeStringProperty("text", answer.text().orElse(""));
        } else if (event instanceof EngineEvent.Aside aside) {
            json.writeStringProperty("text", aside.text());
        } else if (event instanceof EngineEvent.Thought thought) {
            json.writeStringProperty("text", thought.text());
        } else if (event instanceof EngineEvent.ToolCall call) {
            json.writeStringProperty("tool", call.tool());
            json.writeStringProperty("summary", call.summary());
        } else if (event instanceof EngineEvent.ToolResult result) {
            json.writeStringProperty("ending", result.ending().name());
            json.writeNumberProperty("exit_code", result.exitCode().orElse(0));
        } else if (event instanceof EngineEvent.Raw raw) {
            json.writeStringProperty("line", raw.text());
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }

    @Override
    public void close() {
        json.close();
    }
}
