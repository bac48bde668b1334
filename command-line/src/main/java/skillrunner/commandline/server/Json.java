package skillrunner.commandline.server;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON as commands read and write it: numbers stay as they are written, and nothing may follow a document. */
public final class Json {
    private Json() {}

    /** Apart, so that a command that only reads does without: to make one, with its dates and locales, takes as long as the rest of an answer. */
    private static final class Values {
        static final JsonMapper MAPPER = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();

        private Values() {}
    }

    /**
     * Begins an object.
     *
     * @return an empty one
     */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * Reads a document.
     *
     * @param text JSON
     * @return its tree
     * @throws JacksonException if it is none
     */
    public static JsonNode read(String text) {
        return JsonTree.read(text);
    }

    /**
     * Turns plain values into a tree.
     *
     * @param value maps, lists, texts, numbers
     * @return the tree
     */
    public static JsonNode tree(Object value) {
        return Values.MAPPER.valueToTree(value);
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
        return Values.MAPPER.treeToValue(tree, type);
    }

    /**
     * Writes on one line.
     *
     * @param value a tree or plain values
     * @return JSON
     */
    public static String line(Object value) {
        return Values.MAPPER.writeValueAsString(value);
    }

    /**
     * Writes on several lines, for people.
     *
     * @param tree any JSON
     * @return JSON
     */
    public static String pretty(JsonNode tree) {
        return Values.MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(tree);
    }
}
