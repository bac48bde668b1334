package skillrunner.mcp.session;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is no message, or none for this server. Codes are those of JSON-RPC.
 *
 * @param status of HTTP
 * @param code of JSON-RPC
 * @param sentence for people
 */
record RpcFailure(int status, int code, String sentence) {
    static final int PARSE = -32_700;
    static final int INVALID = -32_600;
    static final int BUSY = -32_000;

    Answer.Whole answer(@Nullable Object id, JsonMapper json) {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", sentence);
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("jsonrpc", "2.0");
        message.put("id", id);
        message.put("error", error);
        Map<String, String> headers = status == 503 ? Map.of("Retry-After", "5") : Map.of();
        return new Answer.Whole(status, headers, json.writeValueAsBytes(message));
    }
}
