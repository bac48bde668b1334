package skillrunner.sqlite.run;

import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Plain values as JSON text in a column. */
final class JsonColumns {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonColumns() {}

    static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static Map<String, Object> object(String text) {
        return MAPPER.readValue(text, new TypeReference<Map<String, Object>>() {});
    }

    static List<String> strings(String text) {
        return MAPPER.readValue(text, new TypeReference<List<String>>() {});
    }
}
