package skillrunner.mcp.session;

import io.modelcontextprotocol.spec.McpSchema;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skillrunner.json.NumberOutOfRangeException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a client sent: one message of JSON-RPC, in UTF-8, without doubled names and not too deep. */
final class RpcMessages {
    private static final int LONGEST_METHOD = 200;
    private static final int LONGEST_ID = 300;

    private final JsonMapper json;

    RpcMessages(JsonMapper json) {
        this.json = json;
    }

    McpSchema.JSONRPCMessage read(byte[] body) throws RpcFailureException {
        Object read;
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            read = json.readValue(text, Object.class);
        } catch (CharacterCodingException e) {
            throw new RpcFailureException(
                    new RpcFailure(400, RpcFailure.PARSE, "The body is not encoded in UTF-8"), null);
        } catch (NumberOutOfRangeException e) {
            throw new RpcFailureException(
                    new RpcFailure(400, RpcFailure.PARSE, "The body holds a number that is out of range"), null);
        } catch (JacksonException e) {
            throw new RpcFailureException(
                    new RpcFailure(400, RpcFailure.PARSE, "The body is not valid JSON: " + place(e)), null);
        }
        if (!(read instanceof Map<?, ?> message)) {
            throw invalid("The body must be one JSON-RPC message, an object", null);
        }
        return message(message);
    }

    private static McpSchema.JSONRPCMessage message(Map<?, ?> message) throws RpcFailureException {
        Object id = message.get("id");
        boolean named = (id instanceof String text && text.length() <= LONGEST_ID)
                || id instanceof Integer
                || id instanceof Long;
        if (!McpSchema.JSONRPC_VERSION.equals(message.get("jsonrpc"))) {
            throw invalid("The message has no \"jsonrpc\": \"2.0\"", named ? id : null);
        }
        if (message.containsKey("id") && !named) {
            throw invalid("The id must be a short string or a whole number", null);
        }
        Object method = message.get("method");
        Object params = message.get("params");
        if (method == null && named && (message.containsKey("result") || message.containsKey("error"))) {
            return response(message, Objects.requireNonNull(id));
        }
        if (!(method instanceof String name) || name.length() > LONGEST_METHOD) {
            throw invalid("The message has no method", named ? id : null);
        }
        if (params != null && !(params instanceof Map)) {
            throw invalid("The params must be an object", named ? id : null);
        }
        return named ? new McpSchema.JSONRPCRequest(name, id, params) : new McpSchema.JSONRPCNotification(name, params);
    }

    private static McpSchema.JSONRPCResponse response(Map<?, ?> message, Object id) throws RpcFailureException {
        if (!message.containsKey("error")) {
            return McpSchema.JSONRPCResponse.result(id, message.get("result"));
        }
        if (message.get("error") instanceof Map<?, ?> error
                && error.get("code") instanceof Integer code
                && error.get("message") instanceof String words) {
            return McpSchema.JSONRPCResponse.error(
                    id, new McpSchema.JSONRPCResponse.JSONRPCError(code, words, error.get("data")));
        }
        throw invalid("The error has no code and message", id);
    }

    private static RpcFailureException invalid(String sentence, @Nullable Object id) {
        return new RpcFailureException(new RpcFailure(400, RpcFailure.INVALID, sentence), id);
    }

    private static String place(JacksonException e) {
        return e.getLocation() == null
                ? "unreadable"
                : "line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }
}
