package skillrunner.standin;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Request bodies with the parts that a server looks at, shaped like the real CLIs' ones. */
final class Requests {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Requests() {}

    /** A codex request: the CLI's own user message about the environment, then the given items. */
    static String codex(String conversation, ObjectNode... items) {
        ObjectNode body = NODES.objectNode().put("model", "stub").put("stream", true);
        body.put("prompt_cache_key", conversation);
        body.putArray("input")
                .add(codexMessage("developer", "be good"))
                .add(codexUser("<environment_context>"))
                .addAll(List.of(items));
        return body.toString();
    }

    static ObjectNode codexUser(String text) {
        return codexMessage("user", text);
    }

    static ObjectNode codexMessage(String role, String text) {
        ObjectNode message = NODES.objectNode().put("type", "message").put("role", role);
        message.putArray("content").addObject().put("type", "input_text").put("text", text);
        return message;
    }

    static ObjectNode codexCall(String name) {
        return NODES.objectNode()
                .put("type", "function_call")
                .put("call_id", "call_1")
                .put("name", name)
                .put("arguments", "{}");
    }

    static ObjectNode codexOutput(String output) {
        return NODES.objectNode()
                .put("type", "function_call_output")
                .put("call_id", "call_1")
                .put("output", output);
    }

    static String chat(ObjectNode... messages) {
        ObjectNode body = NODES.objectNode().put("model", "stub").put("stream", true);
        body.putArray("messages").add(chatMessage("system", "be good")).addAll(List.of(messages));
        body.putArray("tools").addObject().put("type", "function");
        return body.toString();
    }

    static ObjectNode chatMessage(String role, String text) {
        return NODES.objectNode().put("role", role).put("content", text);
    }

    static String gemini(ObjectNode... contents) {
        ObjectNode body = NODES.objectNode();
        body.putArray("contents").addAll(List.of(contents));
        return body.toString();
    }

    static ObjectNode geminiContent(String role, String... texts) {
        ObjectNode content = NODES.objectNode().put("role", role);
        ArrayNode parts = content.putArray("parts");
        for (String text : texts) {
            parts.addObject().put("text", text);
        }
        return content;
    }

    static ObjectNode geminiOutput(String output) {
        ObjectNode content = NODES.objectNode().put("role", "user");
        content.putArray("parts")
                .addObject()
                .putObject("functionResponse")
                .put("name", "run_shell_command")
                .putObject("response")
                .put("output", output);
        return content;
    }
}
