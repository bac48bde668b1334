package skillrunner.engines.output;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a line that should be one JSON object. */
public final class JsonLine {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(OutputLines.MAX_ANSWER_LINE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private JsonLine() {}

    /**
     * Reads a line. Broken characters become replacement characters.
     *
     * @param bytes holds the line
     * @param offset where it begins
     * @param length its length in bytes
     * @return the object, or empty if the line is something else
     */
    public static Optional<JsonNode> read(byte[] bytes, int offset, int length) {
        return read(new String(bytes, offset, length, StandardCharsets.UTF_8));
    }

    /**
     * Reads a text.
     *
     * @param text the text; blanks around the object do not matter
     * @return the object, or empty if the text is something else
     */
    public static Optional<JsonNode> read(String text) {
        String line = text.strip();
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            JsonNode node = JSON.readTree(line);
            return node.isObject() ? Optional.of(node) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a text of an object.
     *
     * @param object the object
     * @param names the names of the members on the way to it
     * @return the text, or empty if there is none or it is no text
     */
    public static Optional<String> text(JsonNode object, String... names) {
        JsonNode node = object;
        for (String name : names) {
            node = node.path(name);
        }
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }
}
