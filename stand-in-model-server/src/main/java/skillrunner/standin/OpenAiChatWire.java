package skillrunner.standin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's chat completions format, as opencode speaks it. */
final class OpenAiChatWire implements Wire {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String SHELL_TOOL = "bash";
    private static final String TITLE = "Stand-in session";

    @Override
    public boolean serves(String path) {
        return path.equals("/v1/chat/completions");
    }

    @Override
    public ModelCall read(String path, Map<String, String> headers, JsonNode body) {
        if (body.path("tools").isEmpty()) { // only the request for a session title comes without tools
            return new ModelCall.Aside(Sse.CONTENT_TYPE, text(TITLE));
        }
        List<String> userTexts = new ArrayList<>();
        Optional<String> toolOutput = Optional.empty();
        for (JsonNode message : body.path("messages")) {
            String role = message.path("role").stringValue("");
            if (role.equals("user")) {
                userTexts.add(unquoted(Texts.of(message.path("content"))));
            }
            toolOutput = role.equals("tool") ? Optional.of(Texts.of(message.path("content"))) : Optional.empty();
        }
        String affinity = headers.getOrDefault("x-session-affinity", "");
        return new ModelCall.Turn(
                affinity.isEmpty() ? Ids.digest(userTexts.isEmpty() ? "" : userTexts.get(0)) : affinity,
                OptionalInt.empty(),
                userTexts,
                toolOutput);
    }

    /** Opencode puts a prompt from its command line into quotes and escapes the quotes inside; undone here. */
    private static String unquoted(String text) {
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1).replace("\\\"", "\"") : text;
    }

    @Override
    public List<String> text(String text) {
        String id = Ids.fresh("chatcmpl-");
        List<String> events = new ArrayList<>();
        events.add(begin(id));
        for (String chunk : TextChunks.of(text)) {
            events.add(delta(id, NODES.objectNode().put("content", chunk)));
        }
        events.addAll(ending(id, "stop"));
        return events;
    }

    @Override
    public List<String> toolCall(String shellCommand) {
        String id = Ids.fresh("chatcmpl-");
        ObjectNode arguments =
                NODES.objectNode().put("command", shellCommand).put("description", "Run the scripted command");
        ObjectNode delta = NODES.objectNode().put("role", "assistant").putNull("content");
        ObjectNode call = delta.putArray("tool_calls")
                .addObject()
                .put("index", 0)
                .put("id", Ids.fresh("call_"))
                .put("type", "function");
        call.putObject("function").put("name", SHELL_TOOL).put("arguments", arguments.toString());
        List<String> events = new ArrayList<>();
        events.add(delta(id, delta));
        events.addAll(ending(id, "tool_calls"));
        return events;
    }

    @Override
    public String opening() {
        return begin(Ids.fresh("chatcmpl-"));
    }

    @Override
    public String error(Answer.HttpError error) {
        return OpenAiError.body(error.status(), error.message());
    }

    private static String begin(String id) {
        return delta(id, NODES.objectNode().put("role", "assistant").put("content", ""));
    }

    private static String delta(String id, ObjectNode delta) {
        ObjectNode chunk = chunk(id);
        ObjectNode choice = chunk.withArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("finish_reason");
        return Sse.data(chunk);
    }

    private static List<String> ending(String id, String finishReason) {
        ObjectNode finish = chunk(id);
        ObjectNode choice = finish.withArray("choices").addObject().put("index", 0);
        choice.putObject("delta");
        choice.put("finish_reason", finishReason);
        ObjectNode usage = chunk(id);
        usage.putObject("usage")
                .put("prompt_tokens", 11)
                .put("completion_tokens", 7)
                .put("total_tokens", 18);
        return List.of(Sse.data(finish), Sse.data(usage), Sse.data("[DONE]"));
    }

    private static ObjectNode chunk(String id) {
        ObjectNode chunk = NODES.objectNode()
                .put("id", id)
                .put("object", "chat.completion.chunk")
                .put("created", Instant.now().getEpochSecond())
                .put("model", "stand-in");
        chunk.putArray("choices");
        return chunk;
    }
}
