package skillrunner.commandline.run;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import skillrunner.commandline.server.CommandFailedException;
import skillrunner.commandline.server.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Turns typed texts into JSON of the type that a skill's schema names. */
final class TypedValues {
    private static final Set<String> YES = Set.of("true", "yes", "on", "1");
    private static final Set<String> NO = Set.of("false", "no", "off", "0");

    private TypedValues() {}

    /**
     * Makes a value of what was given for one name.
     *
     * @param name for messages
     * @param texts what was given, once or several times; several times only for lists
     * @param declared the schema of the value, missing if there is none
     * @param schema the whole schema
     * @return the value
     * @throws CommandFailedException if a text can't be of any type that is allowed
     */
    static JsonNode value(String name, List<String> texts, JsonNode declared, ValueSchema schema) {
        List<String> types = ValueSchema.types(declared);
        if (texts.size() > 1 || isOneItem(texts.get(0), types)) {
            if (!types.contains("array")) {
                throw CommandFailedException.usage(name + " is given " + texts.size() + " times and is no list");
            }
            ArrayNode list = (ArrayNode) Json.read("[]");
            texts.forEach(text -> list.add(one(name, text, schema.items(declared))));
            return list;
        }
        return one(name, texts.get(0), declared);
    }

    /**
     * A value without a schema: JSON where it is JSON, else the text.
     *
     * @param text what was given
     * @return the value
     */
    static JsonNode untyped(String text) {
        return json(text).orElseGet(() -> Json.tree(text));
    }

    /** What is meant for a list and is no JSON list is its only item. */
    private static boolean isOneItem(String text, List<String> types) {
        return types.contains("array")
                && !types.contains("string")
                && json(text).filter(JsonNode::isArray).isEmpty();
    }

    private static JsonNode one(String name, String text, JsonNode declared) {
        Optional<JsonNode> listed = listed(text, declared);
        if (listed.isPresent()) {
            return listed.get();
        }
        List<String> types = ValueSchema.types(declared);
        if (types.isEmpty()) {
            return untyped(text);
        }
        for (String type : types) {
            Optional<JsonNode> value = of(type, text);
            // What is also a text stays one: a house number of 007 must not become 7.
            if (value.isPresent() && !types.contains("string")) {
                return value.get();
            }
        }
        if (types.contains("string")) {
            return Json.tree(text);
        }
        throw CommandFailedException.usage(name + ": '" + text + "' is no " + String.join(" or ", types));
    }

    /** One of the values that a schema lists, if what was typed is one. */
    private static Optional<JsonNode> listed(String text, JsonNode declared) {
        return declared.path("enum")
                .valueStream()
                .filter(value -> value.isString()
                        ? value.stringValue().equals(text)
                        : value.toString().equals(text))
                .findFirst();
    }

    private static Optional<JsonNode> of(String type, String text) {
        return switch (type) {
            case "integer" -> number(text).filter(TypedValues::isWhole);
            case "number" -> number(text);
            case "boolean" -> truth(text);
            case "null" -> json(text).filter(JsonNode::isNull);
            case "array" -> json(text).filter(JsonNode::isArray);
            case "object" -> json(text).filter(JsonNode::isObject);
            default -> Optional.empty();
        };
    }

    private static Optional<JsonNode> number(String text) {
        return json(text.strip()).filter(JsonNode::isNumber);
    }

    private static boolean isWhole(JsonNode number) {
        BigDecimal value = number.decimalValue();
        return value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
    }

    private static Optional<JsonNode> truth(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        return YES.contains(word) || NO.contains(word) ? Optional.of(Json.tree(YES.contains(word))) : Optional.empty();
    }

    private static Optional<JsonNode> json(String text) {
        try {
            return Optional.of(Json.read(text)).filter(value -> !value.isMissingNode());
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
