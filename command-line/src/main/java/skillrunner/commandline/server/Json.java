package skillrunner.commandline.server;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON as commands read and write it: numbers stay as they are written, and nothing may follow a document. */
public final class Json {
    /** A tree takes some hundred bytes for each, however few stand in the text. */
    private static final long MOST_TOKENS = 2_000_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /**
     * Begins an object.
     *
     * @return an empty one
     */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * Reads a document.
     *
     * @param text JSON
     * @return its tree
     * @throws JacksonException if it is none
     */
    public static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (NumberFormatException e) {
            throw new StreamReadException("a number is out of range");
        }
    }

    /**
     * Turns plain values into a tree.
     *
     * @param value maps, lists, texts, numbers
     * @return the tree
     */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /**
     * Turns a tree into plain values.
     *
     * @param tree any JSON
     * @param type what is wanted
     * @param <T> what is wanted
     * @return the values
     */
    public static <T> T plain(JsonNode tree, Class<T> type) {
        return MAPPER.treeToValue(tree, type);
    }

    /**
     * Writes on one line.
     *
     * @param value a tree or plain values
     * @return JSON
     */
    public static String line(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /**
     * Writes on several lines, for people.
     *
     * @param tree any JSON
     * @return JSON
     */
    public static String pretty(JsonNode tree) {
        return MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(tree);
    }
}
