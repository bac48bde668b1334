package skillrunner.engines.opencode;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import skillrunner.application.engine.SessionExport;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.engines.output.JsonLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks opencode for a session by {@code opencode export}: one document with all messages, whose parts are those of the records
 * that {@code opencode run} writes.
 */
final class OpencodeExport implements SessionExport {
    private static final OutputRange NOWHERE = new OutputRange(OutputStreamKind.STDOUT, 0, 0);

    private static final Map<String, String> RECORDS = Map.of(
            "text", "text",
            "reasoning", "reasoning",
            "step-start", "step_start",
            "step-finish", "step_finish",
            "tool", "tool_use");

    @Override
    public List<String> arguments(String session) {
        return List.of("export", "--pure", session);
    }

    @Override
    public void read(String stdout, String session, Instant since, Consumer<? super EngineEvent> events) {
        Optional<JsonNode> document = JsonLine.read(stdout).filter(read -> JsonLine.text(read, "info", "id")
                .filter(session::equals)
                .isPresent());
        if (document.isEmpty()) {
            return;
        }
        OpencodeOutput output = new OpencodeOutput(events);
        for (JsonNode message : document.get().path("messages")) {
            JsonNode info = message.path("info");
            if (isAnswer(info, since)) {
                message.path("parts").forEach(part -> tell(part, session, output));
                if (info.path("error").isObject()) {
                    output.tell(record("error", session).set("error", info.path("error")), NOWHERE);
                }
            }
        }
    }

    private static boolean isAnswer(JsonNode info, Instant since) {
        return JsonLine.text(info, "role").filter("assistant"::equals).isPresent()
                && info.path("time").path("created").asLong(0) >= since.toEpochMilli();
    }

    private static void tell(JsonNode part, String session, OpencodeOutput output) {
        JsonLine.text(part, "type")
                .map(RECORDS::get)
                .ifPresent(type -> output.tell(record(type, session).set("part", part), NOWHERE));
    }

    private static ObjectNode record(String type, String session) {
        return JsonNodeFactory.instance.objectNode().put("type", type).put("sessionID", session);
    }
}
