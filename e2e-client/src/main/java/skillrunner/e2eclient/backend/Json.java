package skillrunner.e2eclient.backend;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON that strangers wrote: how much of it is read is bounded, and numbers stay exactly what they were. */
public final class Json {
    private static final int DEEPEST = 100;

    /** A tree takes some hundred bytes for each, however few stand in the text. */
    private static final long MOST_TOKENS = 250_000;

    private static final int LONGEST_NUMBER = 400;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxTokenCount(MOST_TOKENS)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    /**
     * Parses a text.
     *
     * @param text JSON, or something else
     * @return its value, or empty if it is none or one that is too large
     */
    public static Optional<JsonNode> parse(byte[] text) {
        try {
            return Optional.ofNullable(MAPPER.readTree(text)).filter(value -> !value.isMissingNode());
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /**
     * Parses a text.
     *
     * @param text JSON, or something else
     * @return its value, or empty if it is none or one that is too large
     */
    public static Optional<JsonNode> parse(String text) {
        try {
            return Optional.ofNullable(MAPPER.readTree(text)).filter(value -> !value.isMissingNode());
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes a value.
     *
     * @param value the value
     * @return in one line
     */
    public static String text(JsonNode value) {
        return MAPPER.writeValueAsString(value);
    }

    /**
     * Writes a value for people.
     *
     * @param value the value
     * @return in several lines
     */
    public static String pretty(JsonNode value) {
        return MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    }

    /**
     * Makes an object to be filled.
     *
     * @return an empty one
     */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * Reads a text that a stranger's object may hold.
     *
     * @param value what may be an object
     * @param name the member
     * @return its text, or empty if it is none
     */
    public static Optional<String> string(JsonNode value, String name) {
        JsonNode member = value.path(name);
        return member.isString() ? Optional.of(member.stringValue()) : Optional.empty();
    }
}
