package skillrunner.client;

import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How values are written and read. Thread-safe. */
final class Json {
    /** Numbers keep all their digits, and what is not known yet is passed over. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

    private Json() {}

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** What a value is called on the wire. */
    static String plain(Object value) {
        return MAPPER.convertValue(value, String.class);
    }

    /** @throws JacksonException if it is something else */
    static <T> T read(String text, Class<T> type) {
        T value = MAPPER.readValue(text, type);
        if (value == null) {
            throw new IllegalArgumentException("null");
        }
        return value;
    }

    /** @throws JacksonException if it is something else */
    static <T> List<T> readList(String text, Class<T> type) {
        return List.copyOf(MAPPER.readerForListOf(type).<List<T>>readValue(text));
    }

    /** @throws JacksonException if it is something else */
    static Map<String, Object> readMembers(String text) {
        Map<String, Object> members = MAPPER.readValue(text, MEMBERS);
        if (members == null) {
            throw new IllegalArgumentException("null");
        }
        return members;
    }
}
