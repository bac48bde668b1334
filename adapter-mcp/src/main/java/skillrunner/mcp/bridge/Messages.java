package skillrunner.mcp.bridge;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.json.ExactJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Messages of JSON-RPC as plain values. Safe for concurrent use. */
final class Messages {
    /** For what did not come from the server. */
    static final int UNREACHABLE = -32_001;

    static final int PARSE = -32_700;

    static final String METHOD = "method";

    private final JsonMapper json = ExactJson.mapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Reads an object; empty if the text is none. */
    Optional<Map<String, @Nullable Object>> read(String text) {
        try {
            return Optional.ofNullable(json.readValue(text, new TypeReference<Map<String, @Nullable Object>>() {}));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    String write(Map<String, ? extends @Nullable Object> message) {
        return json.writeValueAsString(message);
    }

    /** The same message under another id. */
    static Map<String, @Nullable Object> named(Map<String, @Nullable Object> message, @Nullable Object id) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(message);
        copy.put("id", id);
        return copy;
    }

    static Map<String, @Nullable Object> failure(@Nullable Object id, int code, String sentence) {
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("jsonrpc", "2.0");
        message.put("id", id);
        message.put("error", Map.of("code", code, "message", sentence));
        return message;
    }

    /** A call with a key under which it can be made again; one that has a key keeps it. */
    static Map<String, @Nullable Object> keyed(Map<String, @Nullable Object> call, String key) {
        if (!"tools/call".equals(call.get(METHOD)) || !(call.get("params") instanceof Map<?, ?> params)) {
            return call;
        }
        Map<Object, @Nullable Object> meta = new LinkedHashMap<>();
        if (params.get("_meta") instanceof Map<?, ?> given) {
            meta.putAll(given);
        }
        meta.putIfAbsent("dev.skillrunner/idempotency_key", key);
        Map<Object, @Nullable Object> with = new LinkedHashMap<>(params);
        with.put("_meta", meta);
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(call);
        copy.put("params", with);
        return copy;
    }
}
