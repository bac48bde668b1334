package skillrunner.e2eclient.form;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import skillrunner.e2eclient.backend.BackendException;
import skillrunner.e2eclient.backend.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes fields of a schema's properties. What a schema says in a way that has no field of its own is typed as JSON; a schema that is
 * none, or is broken, makes no field.
 */
final class SchemaFields {
    private static final int MOST_FIELDS = 500;
    private static final int MOST_CHOICES = 1_000;
    private static final int LONG_TEXT = 200;
    private static final int MOST_REFERENCES = 20;
    private static final String TYPE = "type";
    private static final String ENUM = "enum";
    private static final String CONST = "const";
    private static final String DEFAULT = "default";
    private static final String REFERENCE = "$ref";
    private static final String LOCAL = "#/";

    private final JsonNode root;

    private SchemaFields(JsonNode root) {
        this.root = root;
    }

    /** The fields of the input: those that stand in the request, and those that are files. */
    static List<Field> ofInput(JsonNode schema) {
        return new SchemaFields(schema).fields(FieldGroup.INPUT);
    }

    static List<Field> ofParameters(JsonNode schema) {
        return new SchemaFields(schema).fields(FieldGroup.PARAMETER);
    }

    private List<Field> fields(FieldGroup group) {
        JsonNode properties = root.path("properties");
        if (properties.size() > MOST_FIELDS) {
            throw BackendException.unusable("The skill has more than " + MOST_FIELDS + " inputs or parameters");
        }
        Set<String> required = new HashSet<>();
        root.path("required").forEach(name -> required.add(name.asString("")));
        List<Field> fields = new ArrayList<>();
        properties.properties().forEach(property -> {
            JsonNode schema = resolved(property.getValue());
            boolean file = group == FieldGroup.INPUT
                    && !"inline".equals(Json.string(schema, "x-input-source").orElse(""));
            fields.add(
                    file
                            ? file(property.getKey(), schema, required.contains(property.getKey()))
                            : typed(group, property.getKey(), schema, required.contains(property.getKey())));
        });
        return fields;
    }

    private static Field file(String key, JsonNode schema, boolean required) {
        return new Field(
                FieldGroup.FILE,
                key,
                FieldKind.FILE,
                Json.string(schema, "title").orElse(""),
                Json.string(schema, "description").orElse(""),
                required,
                List.of(),
                Optional.empty(),
                false,
                Bounds.NONE);
    }

    private static Field typed(FieldGroup group, String key, JsonNode schema, boolean required) {
        List<JsonNode> choices = choices(schema);
        List<String> types = types(schema);
        Bounds bounds = Bounds.of(schema);
        FieldKind kind = choices.isEmpty() ? kind(schema, types, bounds) : FieldKind.CHOICE;
        return new Field(
                group,
                key,
                kind,
                Json.string(schema, "title").orElse(""),
                Json.string(schema, "description").orElse(""),
                // What is left out the server fills in.
                required && !schema.has(DEFAULT),
                choices,
                Optional.ofNullable(schema.get(DEFAULT))
                        .or(() -> schema.has(CONST) ? Optional.of(schema.path(CONST)) : Optional.empty()),
                types.isEmpty() || types.contains("string"),
                bounds);
    }

    private static List<JsonNode> choices(JsonNode schema) {
        List<JsonNode> choices = new ArrayList<>();
        if (schema.has(CONST)) {
            choices.add(schema.path(CONST));
        } else if (schema.path(ENUM).size() <= MOST_CHOICES) {
            schema.path(ENUM).forEach(choices::add);
        }
        return choices;
    }

    /** The types a schema names, without that of nothing: who leaves a field empty sends nothing. */
    private static List<String> types(JsonNode schema) {
        List<String> types = new ArrayList<>();
        JsonNode type = schema.path(TYPE);
        if (type.isString()) {
            types.add(type.stringValue());
        } else {
            type.forEach(each -> types.add(each.asString("")));
        }
        types.remove("null");
        return types;
    }

    private static FieldKind kind(JsonNode schema, List<String> types, Bounds bounds) {
        if (types.isEmpty()) {
            return schema.has("properties") ? FieldKind.OBJECT : schema.has("items") ? FieldKind.ARRAY : FieldKind.ANY;
        }
        if (types.size() > 1) {
            return FieldKind.ANY;
        }
        return switch (types.get(0)) {
            case "string" ->
                bounds.longest().orElse(Integer.MAX_VALUE) <= LONG_TEXT || schema.has("format")
                        ? FieldKind.TEXT
                        : FieldKind.LONG_TEXT;
            case "integer" -> FieldKind.INTEGER;
            case "number" -> FieldKind.NUMBER;
            case "boolean" -> FieldKind.BOOLEAN;
            case "array" -> FieldKind.ARRAY;
            case "object" -> FieldKind.OBJECT;
            default -> FieldKind.ANY;
        };
    }

    /**
     * Follows references inside the schema itself; what stands beside one counts as well. Those that lead elsewhere, or in circles,
     * lead nowhere.
     */
    private JsonNode resolved(JsonNode schema) {
        ObjectNode whole = Json.object();
        JsonNode found = schema;
        for (int i = 0; i < MOST_REFERENCES && found.isObject(); i++) {
            found.properties().forEach(member -> whole.putIfAbsent(member.getKey(), member.getValue()));
            if (!found.path(REFERENCE).isString()) {
                break;
            }
            found = followed(found.path(REFERENCE).stringValue());
        }
        return whole;
    }

    private JsonNode followed(String reference) {
        JsonNode found = reference.startsWith(LOCAL) ? root : Json.object();
        for (String part : reference.replaceFirst("^#?/?", "").split("/", -1)) {
            found = found.path(part.replace("~1", "/").replace("~0", "~"));
        }
        return found;
    }
}
