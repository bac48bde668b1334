package skillrunner.sqlite.file;

import java.util.List;
import java.util.Map;
import skillrunner.json.ExactJson;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Plain values as JSON text in a column. */
public final class JsonColumns {
    private static final JsonMapper MAPPER = ExactJson.mapper().build();

    private JsonColumns() {}

    /**
     * Writes a value.
     *
     * @param value maps, lists, strings, numbers and truth values
     * @return its text
     */
    public static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /**
     * Reads any value but null.
     *
     * @param text its text
     * @return maps, lists, strings, numbers and truth values
     */
    public static Object value(String text) {
        return MAPPER.readValue(text, Object.class);
    }

    /**
     * Reads an object.
     *
     * @param text its text
     * @return its members in their order
     */
    public static Map<String, Object> object(String text) {
        return MAPPER.readValue(text, new TypeReference<Map<String, Object>>() {});
    }

    /**
     * Reads a list of strings.
     *
     * @param text its text
     * @return the strings
     */
    public static List<String> strings(String text) {
        return MAPPER.readValue(text, new TypeReference<List<String>>() {});
    }
}
