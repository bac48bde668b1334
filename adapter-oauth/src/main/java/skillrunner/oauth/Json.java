package skillrunner.oauth;

import java.time.Instant;
import java.util.Optional;
import skillrunner.json.ExactJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Objects of JSON. What a parser says about broken text may repeat it, and the text may be secret, so nobody hears it. */
final class Json {
    /** The end of the year 9999. */
    private static final long LAST_MILLISECOND = 253_402_300_799_999L;

    private static final JsonMapper MAPPER = ExactJson.mapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static Optional<ObjectNode> parse(byte[] text) {
        try {
            return MAPPER.readTree(text) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    static byte[] bytes(ObjectNode object) {
        return MAPPER.writeValueAsBytes(object);
    }

    /** A text that is there and not empty. */
    static Optional<String> text(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isString() && !value.stringValue().isBlank() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    /** A whole number, be it written as a text. */
    static Optional<Long> number(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (value.isNumber()) {
            return Optional.of((long) value.doubleValue());
        }
        try {
            return text(object, name).map(String::strip).map(Long::valueOf);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A moment in milliseconds since 1970; zero and less mean that there is no end. */
    static Optional<Instant> moment(JsonNode object, String name) {
        return number(object, name)
                .filter(millis -> millis > 0 && millis <= LAST_MILLISECOND)
                .map(Instant::ofEpochMilli);
    }
}
