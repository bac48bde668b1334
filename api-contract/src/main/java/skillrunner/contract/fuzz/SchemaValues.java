package skillrunner.contract.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import skillrunner.contract.ApiDocument;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values that a schema takes, and some that it does not. */
final class SchemaValues {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_DEPTH = 6;
    private static final int KNOWN = 60;
    private static final int OPTIONAL_MEMBER = 35;
    private static final int WIDEST = 1_000_000;

    private final ApiDocument document;
    private final KnownValues known;

    /** How many members of a hundred are spoilt. */
    private final int spoilt;

    SchemaValues(ApiDocument document, KnownValues known, int spoilt) {
        this.document = document;
        this.known = known;
        this.spoilt = spoilt;
    }

    JsonNode value(String name, JsonNode reference, Chance chance) {
        return value(name, reference, chance, 0);
    }

    private JsonNode value(String name, JsonNode reference, Chance chance, int depth) {
        if (depth > 0 && chance.percent(spoilt)) {
            return anything(chance, depth);
        }
        Optional<String> given = chance.percent(KNOWN) ? known.any(name, chance) : Optional.empty();
        return given.isPresent() ? read(given.get()) : ofSchema(document.resolve(reference), chance, depth);
    }

    private JsonNode ofSchema(JsonNode schema, Chance chance, int depth) {
        for (String alternatives : new String[] {"oneOf", "anyOf", "allOf"}) {
            if (!schema.path(alternatives).isEmpty()) {
                JsonNode one = schema.path(alternatives)
                        .get(chance.below(schema.path(alternatives).size()));
                return value("", one, chance, depth + 1);
            }
        }
        if (schema.has("const")) {
            return schema.path("const");
        }
        if (!schema.path("enum").isEmpty()) {
            return schema.path("enum").get(chance.below(schema.path("enum").size()));
        }
        if (schema.has("default") && chance.percent(20)) {
            return schema.path("default");
        }
        return ofType(type(schema, chance), schema, chance, depth);
    }

    private static String type(JsonNode schema, Chance chance) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return type.get(chance.below(type.size())).asString("");
        }
        return type.asString(schema.has("properties") ? "object" : "");
    }

    private JsonNode ofType(String type, JsonNode schema, Chance chance, int depth) {
        return switch (type) {
            case "object" -> object(schema, chance, depth);
            case "array" -> array(schema, chance, depth);
            case "string" ->
                NODES.stringNode(chance.percent(50) ? "word" + chance.below(9) : chance.oneOf(HostileText.VALUES));
            case "integer", "number" -> NODES.numberNode(number(schema, chance));
            case "boolean" -> NODES.booleanNode(chance.percent(50));
            case "null" -> NODES.nullNode();
            default -> anything(chance, depth);
        };
    }

    private static long number(JsonNode schema, Chance chance) {
        long least = schema.path("minimum").asLong(0);
        long most = schema.path("maximum").asLong(Integer.MAX_VALUE);
        return switch (chance.below(4)) {
            case 0 -> least;
            case 1 -> most;
            case 2 -> least + chance.below((int) Math.min(WIDEST, most - least) + 1);
            default -> least + chance.below(20);
        };
    }

    private ObjectNode object(JsonNode schema, Chance chance, int depth) {
        ObjectNode object = NODES.objectNode();
        if (depth > MOST_DEPTH) {
            return object;
        }
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.stringValue()));
        schema.path("properties").properties().forEach(member -> {
            boolean there =
                    required.contains(member.getKey()) ? !chance.percent(spoilt) : chance.percent(OPTIONAL_MEMBER);
            if (there) {
                object.set(member.getKey(), value(member.getKey(), member.getValue(), chance, depth + 1));
            }
        });
        if (chance.percent(spoilt) || (object.isEmpty() && chance.percent(30))) {
            object.set(chance.oneOf(HostileText.VALUES), anything(chance, depth + 1));
        }
        return object;
    }

    private ArrayNode array(JsonNode schema, Chance chance, int depth) {
        ArrayNode array = NODES.arrayNode();
        int length = depth > MOST_DEPTH ? 0 : chance.below(4);
        for (int i = 0; i < length; i++) {
            array.add(value("", schema.path("items"), chance, depth + 1));
        }
        return array;
    }

    private JsonNode anything(Chance chance, int depth) {
        return switch (chance.below(depth > MOST_DEPTH ? 5 : 7)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(chance.percent(50));
            case 2 -> NODES.numberNode(chance.number());
            case 3 -> NODES.numberNode(chance.number() / 3.0e10);
            case 4 -> NODES.stringNode(chance.oneOf(HostileText.VALUES));
            case 5 -> NODES.arrayNode().add(anything(chance, depth + 1));
            default -> NODES.objectNode().set(chance.oneOf(HostileText.VALUES), anything(chance, depth + 1));
        };
    }

    /** What was given may be any JSON; everything else is a text. */
    private static JsonNode read(String given) {
        if (given.startsWith("{") || given.startsWith("[") || given.matches("-?\\d{1,9}")) {
            try {
                return JSON.readTree(given);
            } catch (JacksonException e) {
                return NODES.stringNode(given);
            }
        }
        return NODES.stringNode(given);
    }
}
