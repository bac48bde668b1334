package skillrunner.contract;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Closes the schemas of a document: to a client they are open, since members may be added, but a server must send nothing that
 * its document does not name. An object that names its members takes no others wherever it is used; it stays open as a part of
 * {@code allOf}, and where it says {@code additionalProperties} itself.
 */
final class ClosedSchemas {
    private static final List<String> SCHEMAS_BY_NAME = List.of("properties", "patternProperties", "$defs");
    private static final List<String> ONE_SCHEMA =
            List.of("items", "additionalProperties", "not", "if", "then", "else");
    private static final List<String> ALTERNATIVES = List.of("oneOf", "anyOf");

    private final ApiDocument document;

    private ClosedSchemas(ApiDocument document) {
        this.document = document;
    }

    /** Returns a schema of the document, closed, with its references as they are. */
    static JsonNode at(ApiDocument document, JsonNode schema) {
        JsonNode copy = schema.deepCopy();
        new ClosedSchemas(document).close(copy, false);
        return copy;
    }

    /** Returns the named schemas of the document, each to be closed by whoever uses it. */
    static JsonNode named(ApiDocument document) {
        JsonNode copy = document.root().at("/components/schemas").deepCopy();
        copy.forEach(schema -> new ClosedSchemas(document).close(schema, true));
        return copy;
    }

    private void close(JsonNode node, boolean open) {
        if (!(node instanceof ObjectNode schema)) {
            return;
        }
        SCHEMAS_BY_NAME.forEach(keyword -> schema.path(keyword).forEach(part -> close(part, false)));
        ONE_SCHEMA.forEach(keyword -> close(schema.path(keyword), false));
        ALTERNATIVES.forEach(keyword -> schema.path(keyword).forEach(part -> close(part, false)));
        schema.path("allOf").forEach(part -> close(part, true));
        if (!open && namesItsMembers(schema)) {
            schema.set("unevaluatedProperties", BooleanNode.FALSE);
        }
    }

    private boolean namesItsMembers(JsonNode schema) {
        if (schema.has("additionalProperties")) {
            return false;
        }
        if (schema.has("$ref")) {
            return namesItsMembers(document.resolve(schema));
        }
        return schema.has("properties") || schema.path("allOf").valueStream().anyMatch(this::namesItsMembers);
    }
}
