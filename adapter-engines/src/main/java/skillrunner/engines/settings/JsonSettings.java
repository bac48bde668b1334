package skillrunner.engines.settings;

import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Settings files in JSON, of the kind CLIs read: comments and trailing commas are allowed. */
public final class JsonSettings {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private JsonSettings() {}

    /**
     * Reads settings that a skill brings.
     *
     * @param file names the file in the message of a failure
     * @param text its content
     * @return the settings
     * @throws IllegalArgumentException if it is not a JSON object
     */
    public static Map<String, Object> read(String file, String text) {
        Object value;
        try {
            value = JSON.readValue(text, Object.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(file + " is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!(value instanceof Map<?, ?>)) {
            throw new IllegalArgumentException(file + " is not a JSON object");
        }
        return JSON.convertValue(value, new TypeReference<>() {});
    }

    /**
     * Writes settings, indented and with a final newline.
     *
     * @param settings plain values
     * @return JSON text
     */
    public static String write(Map<String, Object> settings) {
        return JSON.writeValueAsString(settings) + "\n";
    }
}
