package skillrunner.engines.output;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import skillrunner.domain.output.EngineEvent;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads a line that should be one JSON object. */
public final class JsonLine {
    /** Reads the lines of engines: strings as long as the longest answer. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(OutputLines.MAX_ANSWER_LINE)
                    .build())
            .build();

    private static final JsonMapper JSON = JsonMapper.builder(FACTORY)
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
        return mayBeObject(bytes, offset, length)
                ? read(new String(bytes, offset, length, StandardCharsets.UTF_8))
                : Optional.empty();
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
     * Reads what stands whole at the beginning of a line whose rest is lost.
     *
     * @param bytes holds the beginning
     * @param offset where it begins
     * @param length how many bytes there are
     * @return an object with the first members; empty if it does not begin like one
     */
    public static Optional<JsonNode> beginning(byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8).strip();
        if (!text.startsWith("{")) {
            return Optional.empty();
        }
        ObjectNode object = JSON.createObjectNode();
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            members(parser, object);
        } catch (JacksonException e) {
            // Here it breaks off; what came before counts.
        }
        return Optional.of(object);
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

    /**
     * Says what a line is that tells nothing: a record if it has a type.
     *
     * @param object the line as an object, if it is one
     * @return what raw output it is
     */
    public static EngineEvent.Raw.Sort sort(Optional<JsonNode> object) {
        return object.flatMap(known -> text(known, "type")).isPresent()
                ? EngineEvent.Raw.Sort.RECORD
                : EngineEvent.Raw.Sort.TEXT;
    }

    private static void members(JsonParser parser, ObjectNode object) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT) {
                members(parser, object.putObject(name));
            } else if (value == JsonToken.VALUE_STRING) {
                object.put(name, parser.getString());
            } else if (value == JsonToken.VALUE_NUMBER_INT) {
                object.put(name, parser.getBigIntegerValue());
            } else {
                parser.skipChildren();
            }
        }
    }

    /** Spares the cost of a failed attempt to what can't be a whole object. */
    private static boolean mayBeObject(byte[] bytes, int offset, int length) {
        int last = offset + length - 1;
        while (last > offset && (bytes[last] == ' ' || bytes[last] == '\t')) {
            last--;
        }
        return bytes[last] == '}';
    }
}
