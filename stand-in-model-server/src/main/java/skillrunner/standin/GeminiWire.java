package skillrunner.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Gemini's format, as gemini-cli speaks it. Requests carry no session id but always the whole history. */
final class GeminiWire implements Wire {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String SHELL_TOOL = "run_shell_command";
    private static final String STREAMED = ":streamGenerateContent";
    private static final Pattern PATH =
            Pattern.compile("/v1beta/models/[^/:]+:(generateContent|streamGenerateContent)");
    private static final Pattern OUTPUT_LABEL = Pattern.compile("(?m)^Output: ");

    @Override
    public boolean serves(String path) {
        return PATH.matcher(path).matches();
    }

    @Override
    public ModelCall read(String path, Map<String, String> headers, JsonNode body) {
        if (!path.endsWith(STREAMED)) { // only the router that picks a model asks for an answer in one piece
            return new ModelCall.Aside(
                    "application/json", List.of(routerAnswer().toString()));
        }
        List<String> userTexts = new ArrayList<>();
        Optional<String> toolOutput = Optional.empty();
        int modelAnswers = 0;
        for (JsonNode content : body.path("contents")) {
            if (content.path("role").stringValue("").equals("model")) {
                modelAnswers++;
                toolOutput = Optional.empty();
            } else {
                toolOutput = toolOutput(content.path("parts"));
                if (toolOutput.isEmpty()) { // tool results come as user contents too, but no user wrote them
                    userTexts.add(Texts.of(content.path("parts")));
                }
            }
        }
        return new ModelCall.Turn(
                Ids.digest(userTexts.isEmpty() ? "" : userTexts.get(0)),
                OptionalInt.of(modelAnswers + 1),
                userTexts,
                toolOutput);
    }

    private static Optional<String> toolOutput(JsonNode parts) {
        List<JsonNode> responses = parts.valueStream()
                .filter(part -> part.path("functionResponse").isObject())
                .map(part -> part.path("functionResponse").path("response"))
                .toList();
        return responses.isEmpty()
                ? Optional.empty()
                : Optional.of(responses.stream().map(GeminiWire::printed).collect(Collectors.joining("\n")));
    }

    /** The CLI writes its label and the first line of the output on one line; a scenario wants the line as printed. */
    private static String printed(JsonNode response) {
        String output =
                response.path("output").stringValue(response.path("error").stringValue(response.toString()));
        return OUTPUT_LABEL.matcher(output).replaceFirst("");
    }

    private static ObjectNode routerAnswer() {
        ObjectNode choice =
                NODES.objectNode().put("complexity_reasoning", "stand-in").put("complexity_score", 1);
        return lastChunk(textPart(choice.toString()));
    }

    @Override
    public List<String> text(String text) {
        List<String> chunks = TextChunks.of(text);
        List<String> events = new ArrayList<>();
        for (int i = 0; i < chunks.size() - 1; i++) {
            events.add(Sse.data(chunk(textPart(chunks.get(i)))));
        }
        String last = chunks.isEmpty() ? "" : chunks.get(chunks.size() - 1);
        events.add(Sse.data(lastChunk(textPart(last))));
        return events;
    }

    @Override
    public List<String> toolCall(String shellCommand) {
        ObjectNode part = NODES.objectNode();
        part.putObject("functionCall")
                .put("name", SHELL_TOOL)
                .putObject("args")
                .put("command", shellCommand)
                .put("description", "Run the scripted command");
        return List.of(Sse.data(lastChunk(part)));
    }

    @Override
    public String opening() {
        return Sse.data(chunk(textPart("")));
    }

    @Override
    public String error(Answer.HttpError error) {
        ObjectNode body = NODES.objectNode();
        body.putObject("error")
                .put("code", error.status())
                .put("message", error.message())
                .put("status", statusName(error.status()));
        return body.toString();
    }

    private static String statusName(int status) {
        return switch (status) {
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 503 -> "UNAVAILABLE";
            default -> status < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
        };
    }

    private static ObjectNode textPart(String text) {
        return NODES.objectNode().put("text", text);
    }

    private static ObjectNode lastChunk(ObjectNode part) {
        ObjectNode chunk = chunk(part);
        ((ObjectNode) chunk.path("candidates").path(0)).put("finishReason", "STOP");
        return chunk;
    }

    private static ObjectNode chunk(ObjectNode part) {
        ObjectNode chunk = NODES.objectNode();
        ObjectNode candidate = chunk.putArray("candidates").addObject().put("index", 0);
        candidate.putObject("content").put("role", "model").putArray("parts").add(part);
        chunk.putObject("usageMetadata")
                .put("promptTokenCount", 11)
                .put("candidatesTokenCount", 7)
                .put("totalTokenCount", 18);
        return chunk.put("modelVersion", "stand-in").put("responseId", Ids.fresh("r-"));
    }
}
