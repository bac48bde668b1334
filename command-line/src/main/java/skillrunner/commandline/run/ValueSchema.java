package skillrunner.commandline.run;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import skillrunner.commandline.server.Json;
import tools.jackson.databind.JsonNode;

/**
 * A schema of a skill, as far as a command line needs it: which members there are and how each is meant. Whether a value fits is
 * for the server to say.
 */
final class ValueSchema {
    private static final int MOST_REFERENCES = 20;
    private static final String SOURCE = "x-input-source";

    /** Of a skill whose schemas are not at hand: any inline value. */
    static final ValueSchema ANY_VALUE =
            new ValueSchema(Json.read("{\"additionalProperties\": {\"x-input-source\": \"inline\"}}"));

    /** Of a skill whose schemas are not at hand: any file. */
    static final ValueSchema ANY_FILE =
            new ValueSchema(Json.read("{\"additionalProperties\": {\"x-input-source\": \"file\"}}"));

    private final JsonNode schema;

    ValueSchema(JsonNode schema) {
        this.schema = Objects.requireNonNull(schema);
    }

    /** The names of the members, in the order of the schema. */
    Set<String> names() {
        return new LinkedHashSet<>(schema.path("properties").propertyNames());
    }

    /** Whether a member is declared, or others than those declared may come. */
    boolean takes(String name) {
        return schema.path("properties").has(name)
                || schema.path("patternProperties").isObject()
                || schema.path("additionalProperties").isObject()
                || schema.path("additionalProperties").asBoolean(false);
    }

    boolean requires(String name) {
        return schema.path("required").valueStream().anyMatch(one -> one.asString("")
                .equals(name));
    }

    /** Whether an input arrives as a file: so does everything that is not marked as inline. */
    boolean isFile(String name) {
        JsonNode properties = schema.path("properties");
        JsonNode declared = properties.has(name) ? properties.path(name) : schema.path("additionalProperties");
        return !declared.path(SOURCE).asString("file").equals("inline");
    }

    /** Whether files of any other name than those declared are taken. */
    boolean takesOtherFiles() {
        return schema.path("additionalProperties").path(SOURCE).asString("").equals("file");
    }

    /** The schema of one member, references resolved. */
    JsonNode of(String name) {
        JsonNode properties = schema.path("properties");
        return resolved(properties.has(name) ? properties.path(name) : schema.path("additionalProperties"));
    }

    /** The schema of the items of an array. */
    JsonNode items(JsonNode array) {
        return resolved(array.path("items"));
    }

    /** The types a schema allows; empty if it does not say. */
    static List<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isString()
                ? List.of(type.stringValue())
                : type.valueStream().map(one -> one.asString("")).collect(Collectors.toList());
    }

    private JsonNode resolved(JsonNode found) {
        JsonNode at = found;
        for (int steps = 0; steps < MOST_REFERENCES; steps++) {
            String reference = at.path("$ref").asString("");
            if (!reference.startsWith("#/")) {
                break;
            }
            at = schema.at(reference.substring(1));
        }
        return at;
    }
}
