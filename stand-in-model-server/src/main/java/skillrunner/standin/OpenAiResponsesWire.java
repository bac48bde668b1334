package skillrunner.standin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's Responses format, as codex speaks it. */
final class OpenAiResponsesWire implements Wire {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String SHELL_TOOL = "exec_command";
    private static final String WAIT_TOOL = "write_stdin";
    private static final int LONGEST_WAIT_MILLIS = 30_000;
    private static final Pattern STILL_RUNNING =
            Pattern.compile("(?m)^Process running with session ID (\\d{1,9})\\s*$");

    @Override
    public boolean serves(String path) {
        return path.equals("/v1/responses");
    }

    @Override
    public ModelCall read(String path, Map<String, String> headers, JsonNode body) {
        List<String> userTexts = new ArrayList<>();
        StringBuilder toolOutput = new StringBuilder();
        String lastOutput = "";
        boolean answersTool = false;
        for (JsonNode item : body.path("input")) {
            answersTool = false;
            switch (item.path("type").stringValue("message")) {
                case "function_call" -> {
                    if (!item.path("name").stringValue("").equals(WAIT_TOOL)) {
                        toolOutput.setLength(0);
                    }
                }
                case "function_call_output" -> {
                    answersTool = true;
                    lastOutput = Texts.of(item.path("output"));
                    toolOutput.append(lastOutput).append('\n');
                }
                case "message" -> {
                    if (item.path("role").stringValue("").equals("user")) {
                        userTexts.add(Texts.of(item.path("content")));
                    }
                }
                default -> {} // reasoning and whatever comes next
            }
        }
        Matcher running = STILL_RUNNING.matcher(lastOutput);
        if (answersTool && running.find()) {
            return new ModelCall.Aside(Sse.CONTENT_TYPE, waitFor(Integer.parseInt(running.group(1))));
        }
        return new ModelCall.Turn(
                conversation(headers, body, userTexts),
                OptionalInt.empty(),
                userTexts,
                answersTool ? Optional.of(toolOutput.toString()) : Optional.empty());
    }

    private static String conversation(Map<String, String> headers, JsonNode body, List<String> userTexts) {
        String key = body.path("prompt_cache_key").stringValue(headers.getOrDefault("session-id", ""));
        return key.isEmpty() ? Ids.digest(userTexts.isEmpty() ? "" : userTexts.get(0)) : key;
    }

    /** Codex hands back a slow command before it has ended; a model then has to ask for the rest. */
    private static List<String> waitFor(int session) {
        return functionCall(
                WAIT_TOOL,
                NODES.objectNode()
                        .put("session_id", session)
                        .put("chars", "")
                        .put("yield_time_ms", LONGEST_WAIT_MILLIS));
    }

    @Override
    public List<String> text(String text) {
        String response = Ids.fresh("resp_");
        String message = Ids.fresh("msg_");
        List<String> events = new ArrayList<>();
        events.add(created(response));
        ObjectNode added =
                NODES.objectNode().put("type", "response.output_item.added").put("output_index", 0);
        ObjectNode begun = added.putObject("item").put("type", "message").put("id", message);
        begun.put("role", "assistant").put("status", "in_progress").putArray("content");
        events.add(event(added));
        for (String chunk : TextChunks.of(text)) {
            events.add(event(NODES.objectNode()
                    .put("type", "response.output_text.delta")
                    .put("item_id", message)
                    .put("output_index", 0)
                    .put("content_index", 0)
                    .put("delta", chunk)));
        }
        ObjectNode item = NODES.objectNode().put("type", "message").put("id", message);
        item.put("role", "assistant")
                .put("status", "completed")
                .putArray("content")
                .addObject()
                .put("type", "output_text")
                .put("text", text)
                .putArray("annotations");
        events.addAll(ending(response, item));
        return events;
    }

    @Override
    public List<String> toolCall(String shellCommand) {
        return functionCall(
                SHELL_TOOL, NODES.objectNode().put("cmd", shellCommand).put("yield_time_ms", LONGEST_WAIT_MILLIS));
    }

    private static List<String> functionCall(String name, ObjectNode arguments) {
        String response = Ids.fresh("resp_");
        ObjectNode item = NODES.objectNode()
                .put("type", "function_call")
                .put("id", Ids.fresh("fc_"))
                .put("call_id", Ids.fresh("call_"))
                .put("name", name)
                .put("arguments", arguments.toString())
                .put("status", "completed");
        List<String> events = new ArrayList<>();
        events.add(created(response));
        events.addAll(ending(response, item));
        return events;
    }

    @Override
    public String opening() {
        return created(Ids.fresh("resp_"));
    }

    @Override
    public String error(Answer.HttpError error) {
        return OpenAiError.body(error.status(), error.message());
    }

    private static String created(String response) {
        ObjectNode event = NODES.objectNode().put("type", "response.created");
        event.set("response", response(response, "in_progress"));
        return event(event);
    }

    private static List<String> ending(String response, ObjectNode item) {
        ObjectNode done =
                NODES.objectNode().put("type", "response.output_item.done").put("output_index", 0);
        done.set("item", item);
        ObjectNode whole = response(response, "completed");
        whole.withArray("output").add(item);
        ObjectNode usage = whole.putObject("usage").put("input_tokens", 11).put("output_tokens", 7);
        usage.put("total_tokens", 18);
        usage.putObject("input_tokens_details").put("cached_tokens", 0);
        usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
        ObjectNode completed = NODES.objectNode().put("type", "response.completed");
        completed.set("response", whole);
        return List.of(event(done), event(completed));
    }

    private static ObjectNode response(String id, String status) {
        ObjectNode response = NODES.objectNode()
                .put("id", id)
                .put("object", "response")
                .put("created_at", Instant.now().getEpochSecond())
                .put("model", "stand-in")
                .put("status", status);
        response.putArray("output");
        return response;
    }

    private static String event(ObjectNode json) {
        return Sse.event(json.path("type").stringValue(), json);
    }
}
